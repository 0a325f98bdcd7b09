using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Converts the types of declarations to C types, each once, after those that it uses.</summary>
internal sealed class HeaderTypeParser(IAssemblySymbol runtime, CancellationToken cancellation)
{
    private readonly Dictionary<ITypeSymbol, CTypeUse> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly List<HeaderType> _types = [];

    public IReadOnlyList<HeaderType> Types => _types;

    /// <summary>The names of constants and maps, which share a namespace in C.</summary>
    public HashSet<string> Identifiers { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets a key or value as C: <c>struct flow_stats</c>, <c>__u32</c>, <c>char[16]</c>.</summary>
    public string Use(ITypeSymbol type, TypeLayout layout)
    {
        if (!IsArray(type))
            return Find(type, layout).Text;
        FieldLayout elements = layout.Fields[0];
        return $"{Find(ElementOf(type), elements.Type).Text}[{elements.Count.Text()}]";
    }

    private CTypeUse Find(ITypeSymbol type, TypeLayout layout)
    {
        bool isEnum = type.TypeKind == TypeKind.Enum;
        if (!layout.IsComposite && !isEnum)
            return Scalar(layout);
        if (_known.TryGetValue(type, out CTypeUse? known))
            return known;
        cancellation.ThrowIfCancellationRequested();
        INamedTypeSymbol named = (INamedTypeSymbol)type;
        return _known[type] =
            isEnum ? Enumeration(named, layout)
            : KernelName(type) is { } ofKernel ? new(ofKernel, layout.Size, layout.Alignment)
            : Composite(named, layout);
    }

    private CTypeUse Composite(INamedTypeSymbol type, TypeLayout layout)
    {
        List<HeaderField> fields = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((FieldLayout field, IFieldSymbol? symbol, ITypeSymbol fieldType) in FieldsOf(type, layout))
            fields.Add(
                new(
                    CNames.Take(names, CNames.Snake(field.Name)),
                    field.Offset,
                    Find(fieldType, field.Type),
                    field.Count,
                    symbol is null ? "" : DocumentationSummary.Of(symbol.AssociatedSymbol ?? symbol, cancellation)
                )
            );
        string tag = CNames.Take(_tags, TagOf(type));
        _types.Add(
            new(
                tag,
                type.MessageName(),
                layout.Kind,
                layout.Size,
                layout.Alignment,
                fields.ToEquatableArray(),
                [],
                DocumentationSummary.Of(type, cancellation)
            )
        );
        HeaderPlacement placement = HeaderPlacement.Of(layout.Kind, layout.Size, layout.Alignment, fields);
        return new($"{(layout.Kind == BpfTypeKind.Union ? "union" : "struct")} {tag}", layout.Size, placement.Alignment);
    }

    private IEnumerable<(FieldLayout Field, IFieldSymbol? Symbol, ITypeSymbol Type)> FieldsOf(INamedTypeSymbol type, TypeLayout layout)
    {
        StructLayoutInfo info = StructLayoutInfo.Read(type);
        bool isPrefix = type.Name == "LpmKey" && type.IsRuntimeType(runtime);
        for (int index = 0; index < layout.Fields.Count; index++)
        {
            FieldLayout field = layout.Fields[index];
            // The fields of a prefix key are private; its layout names them for their meaning.
            if (isPrefix)
            {
                yield return (field, null, ElementOf(type.TypeArguments[0]));
                continue;
            }
            IFieldSymbol symbol = info.Fields[index];
            ITypeSymbol fieldType = symbol is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol { PointedAtType: var element } }
                ? element
                : symbol.Type;
            yield return (field, symbol, ElementOf(fieldType));
        }
    }

    private CTypeUse Enumeration(INamedTypeSymbol type, TypeLayout layout)
    {
        IFieldSymbol[] members = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static member => member.HasConstantValue)];
        if (members.Length == 0)
            return Scalar(layout); // C has no enumerations without constants.
        string tag = CNames.Take(_tags, TagOf(type));
        string prefix = tag.ToUpperInvariant().TrimEnd('_') + "_";
        IEnumerable<HeaderConstant> constants = members.Select(member => new HeaderConstant(
            CNames.Take(Identifiers, prefix + CNames.Upper(member.Name)),
            Constant(member.ConstantValue!),
            DocumentationSummary.Of(member, cancellation)
        ));
        _types.Add(
            new(
                tag,
                type.MessageName(),
                layout.Kind,
                layout.Size,
                layout.Alignment,
                [],
                constants.ToEquatableArray(),
                DocumentationSummary.Of(type, cancellation)
            )
        );
        return new("enum " + tag, layout.Size, layout.Size);
    }

    /// <summary>Gets the element type of arrays. The elements of text have no symbol, and their layout is enough.</summary>
    private static ITypeSymbol ElementOf(ITypeSymbol type)
    {
        while (LayoutParser.IsInlineArray(type))
            type = StructLayoutInfo.Read((INamedTypeSymbol)type).Fields[0].Type;
        return type;
    }

    private bool IsArray(ITypeSymbol type) => (type.Name == "BpfText" && type.IsRuntimeType(runtime)) || LayoutParser.IsInlineArray(type);

    private string? KernelName(ITypeSymbol type) =>
        !type.IsRuntimeType(runtime)
            ? null
            : type.Name switch
            {
                "BpfSpinLock" => "struct bpf_spin_lock",
                "BpfCgroupStorageKey" => "struct bpf_cgroup_storage_key",
                _ => null,
            };

    private static string TagOf(INamedTypeSymbol type)
    {
        string name = CNames.Snake(type.Name + string.Concat(type.TypeArguments.Select(static argument => "_" + NameOf(argument))));
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{MapNames.FromTypeName(outer.Name)}_{name}";
        return CNames.Snake(name);
    }

    private static string NameOf(ITypeSymbol argument) =>
        argument.SpecialType == SpecialType.None ? argument.Name : argument.ToDisplayString();

    private static CTypeUse Scalar(TypeLayout layout)
    {
        string bits = (layout.Size * 8).Text();
        string name =
            PrimitiveLayouts.IsBigEndian(layout) ? layout.Name
            : layout.Size == 16 ? (layout.Kind == BpfTypeKind.Signed ? "__int128" : "unsigned __int128")
            : layout.Kind switch
            {
                BpfTypeKind.Char => "char",
                BpfTypeKind.Float => layout.Size == 4 ? "float" : "double",
                BpfTypeKind.Signed or BpfTypeKind.SignedEnum => "__s" + bits,
                _ => "__u" + bits,
            };
        return new(name, layout.Size, layout.Size);
    }

    /// <summary>Writes a constant so that no compiler gives it another type or warns.</summary>
    private static string Constant(object value) =>
        value switch
        {
            int.MinValue => "(-2147483647 - 1)",
            long.MinValue => "(-9223372036854775807LL - 1)",
            uint number and > int.MaxValue => number.Text() + "U",
            long number => number.Text() + "LL",
            ulong number => number.Text() + "ULL",
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
}
