using System.Runtime.InteropServices;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Computes layouts of types, and reports types that cannot be shared with the kernel.</summary>
internal sealed class LayoutParser(IAssemblySymbol runtime, Reporter reporter, CancellationToken cancellation)
{
    /// <summary>The limit of fields, including those of nested types. Larger layouts would slow down builds and editors.</summary>
    public const int MostFields = 8192;

    private readonly Dictionary<ITypeSymbol, TypeLayout?> _seen = new(SymbolEqualityComparer.Default);
    private readonly NestingCheck _nesting = new(cancellation);

    /// <summary>Computes the layout of a key or value.</summary>
    /// <param name="place">The location for errors of types from other compilations.</param>
    /// <returns><see langword="null"/> if an error was reported, now or earlier, by this parser or the compiler.</returns>
    public TypeLayout? Parse(ITypeSymbol type, Location place)
    {
        switch (_nesting.Check(type))
        {
            case NestingProblem.None:
                return Parse(type, null, place);
            case NestingProblem.ContainsItself:
                reporter.LeaveToCompiler();
                return null;
            default:
                reporter.Error(
                    LayoutDescriptors.NotBlittable,
                    place,
                    type.Name,
                    $"its types are nested deeper than {NestingCheck.MostLevels.Text()} levels"
                );
                return null;
        }
    }

    /// <param name="use">The field of this type; <see langword="null"/> for a key or value itself.</param>
    private TypeLayout? Parse(ITypeSymbol type, IFieldSymbol? use, Location place)
    {
        if (_seen.TryGetValue(type, out TypeLayout? known) && known is not null)
            return known;
        cancellation.ThrowIfCancellationRequested();
        // Other types of the runtime library are ordinary structs.
        TypeLayout? layout = PrimitiveLayouts.Of(type) ?? (type.IsRuntimeType(runtime) ? PrimitiveLayouts.OfRuntimeType(type.Name) : null);
        if (layout is null && IsPrefixOrText(type, out ITypeSymbol? argument))
            return _seen[type] = ParsePrefixOrText(type, argument!, use, place);
        if (layout is null && ForeignTypeRules.Refuse(type, use, place, reporter))
            return null;
        layout ??= _seen.ContainsKey(type) ? null : ParseStruct((INamedTypeSymbol)type, place);
        _seen[type] = layout;
        return layout;
    }

    private bool IsPrefixOrText(ITypeSymbol type, out ITypeSymbol? argument)
    {
        argument = null;
        if (
            type is INamedTypeSymbol { Name: "BpfText" or "LpmKey", IsUnboundGenericType: false, TypeArguments: { Length: 1 } arguments }
            && type.IsRuntimeType(runtime)
        )
            argument = arguments[0];
        return argument is not null;
    }

    private TypeLayout? ParsePrefixOrText(ITypeSymbol type, ITypeSymbol argument, IFieldSymbol? use, Location place)
    {
        if (Parse(argument, use, place) is not { } inner)
            return null;
        if (type.Name == "BpfText")
            return Composite("BpfText", type, inner.Size, 1, new FieldLayout("Text", 0, PrimitiveLayouts.Char8, inner.Size));
        (TypeLayout element, int count) = Flatten(argument, inner);
        return Composite(
            "LpmKey",
            type,
            4 + inner.Size,
            1,
            new("PrefixLength", 0, PrimitiveLayouts.UInt32, 0),
            new("Data", 4, element, count)
        );
    }

    private TypeLayout? ParseStruct(INamedTypeSymbol type, Location place)
    {
        Location own = reporter.LocationOf(type, place);
        StructLayoutInfo info = StructLayoutInfo.Read(type);
        if (!CheckShape(type, info, own))
            return null;
        List<UnplacedField> fields = [];
        bool complete = true;
        for (int i = 0; i < info.Fields.Length; i++)
        {
            IFieldSymbol field = info.Fields[i];
            if (ParseField(field, own) is (var fieldLayout, var count))
                fields.Add(new(NameOf(field), fieldLayout, count, info.Offsets[i]));
            else
                complete = false;
        }
        if (!complete)
            return null;
        if (info.InlineLength > 0)
            return InlineArray(type, info, fields[0], own);
        TypeLayout? layout = StructLayoutCalculator.Place(
            type.Name,
            type.MessageName(),
            new(info.Kind == LayoutKind.Explicit, info.Pack, info.Size),
            fields
        );
        if (layout is null)
            return TooLarge(type, own);
        return layout.FieldCount <= MostFields ? layout : TooManyFields(type, layout, own);
    }

    private TypeLayout? TooManyFields(INamedTypeSymbol type, TypeLayout layout, Location own)
    {
        string count =
            $"it has {layout.FieldCount.Text()} fields, including those of nested structs, but at most {MostFields.Text()} are supported";
        reporter.Error(
            LayoutDescriptors.NotBlittable,
            own,
            type.MessageName(),
            count + ": use an inline array for fields of the same type"
        );
        return null;
    }

    private bool CheckShape(INamedTypeSymbol type, StructLayoutInfo info, Location own)
    {
        if (info.Kind == LayoutKind.Auto)
            reporter.Error(
                LayoutDescriptors.AutoLayout,
                own,
                DiagnosticProperties.Of((DiagnosticProperties.TypeName, type.Name)),
                type.MessageName()
            );
        else if (type.IsRefLikeType)
            reporter.Error(LayoutDescriptors.NotBlittable, own, type.MessageName(), "it is a ref struct");
        else if (type.GetMembers().OfType<IEventSymbol>().FirstOrDefault(IsFieldLike) is { } hidden)
            reporter.Error(
                LayoutDescriptors.NotBlittable,
                reporter.LocationOf(hidden, own),
                hidden.MessageName(),
                "an event is a reference to delegates"
            );
        else if (CapturedParameterFinder.FindIn(type, cancellation) is { } captured)
            reporter.Error(
                LayoutDescriptors.NotBlittable,
                reporter.LocationOf(captured, own),
                type.MessageName(),
                $"the parameter '{captured.Name}' of its primary constructor is captured as a hidden field: declare a field"
            );
        else if (StructLayoutInfo.HidesFields(type))
            reporter.Error(LayoutDescriptors.NotBlittable, own, type.MessageName(), "its assembly does not expose all of its fields");
        else if (info.Fields.IsEmpty)
            reporter.Error(LayoutDescriptors.EmptyType, own, type.MessageName());
        else
            return true;
        return false;
    }

    private (TypeLayout Layout, int Count)? ParseField(IFieldSymbol field, Location own)
    {
        Location place = reporter.LocationOf(field, own);
        if (field.RefKind != RefKind.None)
        {
            reporter.Error(LayoutDescriptors.NotBlittable, place, NameOf(field), "it is a ref field");
            return null;
        }
        if (field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol { PointedAtType: var element } })
            return Parse(element, field, place) is { } elementLayout ? (elementLayout, field.FixedSize) : null;
        return Parse(field.Type, field, place) is { } layout ? Flatten(field.Type, layout) : null;
    }

    private TypeLayout? InlineArray(INamedTypeSymbol type, StructLayoutInfo info, UnplacedField element, Location own)
    {
        // The CLR rounds up only the size of the whole array, unlike C.
        if (element.Type.Size % element.Type.Alignment != 0)
        {
            reporter.Error(
                LayoutDescriptors.NotBlittable,
                own,
                type.MessageName(),
                $"the size of its elements ({LayoutDescription.Bytes(element.Type.Size)}) is not a multiple of their alignment ({element.Type.Alignment.Text()})"
            );
            return null;
        }
        long count = (long)info.InlineLength * Math.Max(element.Count, 1);
        if (count * element.Type.Size > StructLayoutCalculator.LargestSize)
            return TooLarge(type, own);
        return Composite(
            type.Name,
            type,
            (int)count * element.Type.Size,
            element.Type.Alignment,
            new FieldLayout(element.Name, 0, element.Type, (int)count)
        );
    }

    private TypeLayout? TooLarge(INamedTypeSymbol type, Location own)
    {
        reporter.Error(LayoutDescriptors.NotBlittable, own, type.MessageName(), "it is larger than the .NET runtime can load");
        return null;
    }

    // As a field, an inline array or text is an array of its elements.
    private (TypeLayout Layout, int Count) Flatten(ITypeSymbol type, TypeLayout layout)
    {
        bool isArray = type.IsRuntimeType(runtime) && type.Name == "BpfText" || IsInlineArray(type);
        return isArray ? (layout.Fields[0].Type, layout.Fields[0].Count) : (layout, 0);
    }

    private static TypeLayout Composite(string name, ITypeSymbol type, int size, int alignment, params FieldLayout[] fields) =>
        new(name, type.MessageName(), BpfTypeKind.Struct, size, alignment, fields.ToEquatableArray());

    public static bool IsInlineArray(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named
        && type.SpecialType == SpecialType.None
        && !type.IsFrameworkType()
        && named
            .OriginalDefinition.GetAttributes()
            .Any(static a =>
                a.AttributeClass is { Name: "InlineArrayAttribute" } c
                && c.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices"
            );

    /// <summary>Gets the name of a field, or of the property of a backing field.</summary>
    public static string NameOf(IFieldSymbol field)
    {
        if (field.AssociatedSymbol is { } property)
            return property.Name;
        // Metadata does not connect a backing field with its property, but its name does.
        const string Tail = ">k__BackingField";
        return field.Name.StartsWith("<", StringComparison.Ordinal) && field.Name.EndsWith(Tail, StringComparison.Ordinal)
            ? field.Name.Substring(1, field.Name.Length - 1 - Tail.Length)
            : field.Name;
    }

    private static bool IsFieldLike(IEventSymbol @event) =>
        @event is { IsStatic: false, IsAbstract: false, AddMethod.IsImplicitlyDeclared: true };
}
