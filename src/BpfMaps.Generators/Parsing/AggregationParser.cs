using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Determines, field by field, how the value of one CPU is added to the total of a per-CPU map.</summary>
internal sealed class AggregationParser
{
    private readonly MapDeclaration _declaration;
    private readonly List<AggregateStep> _steps = [];
    private readonly List<ISymbol> _methods;
    private bool _failed;

    private AggregationParser(MapDeclaration declaration, List<ISymbol> methods)
    {
        _declaration = declaration;
        _methods = methods;
    }

    /// <summary>A part of the value, and how to access it.</summary>
    /// <param name="Field">The field of the part; <see langword="null"/> for the value itself.</param>
    /// <param name="Path">The C# path; <see langword="null"/> if the part is accessed by offset.</param>
    private sealed record Part(
        ITypeSymbol Type,
        TypeLayout Layout,
        int Count,
        IFieldSymbol? Field,
        string? Path,
        int Offset,
        EquatableArray<Loop> Loops,
        Aggregation? Chosen
    )
    {
        public string Name => Field is null ? Type.MessageName() : Field.ContainingType.MessageName() + "." + LayoutParser.NameOf(Field);
    }

    /// <param name="methods">Receives the <c>Accumulate</c> methods that are called.</param>
    /// <returns><see langword="null"/> if an error was reported.</returns>
    public static EquatableArray<AggregateStep>? Parse(
        MapDeclaration declaration,
        ITypeSymbol type,
        TypeLayout value,
        List<ISymbol> methods
    )
    {
        AggregationParser parser = new(declaration, methods);
        parser.Visit(new(type, value, 0, null, "", 0, [], null));
        return parser._failed ? null : parser._steps.ToEquatableArray();
    }

    private void Visit(Part part)
    {
        if (PrimitiveLayouts.IsSpinLock(part.Layout) || part.Chosen == Aggregation.First)
            return;
        if (part.Layout.IsComposite)
            VisitStruct(part);
        else if (WhyNot(part.Layout, part.Chosen) is (var what, var help))
            Fail(part, what, help);
        else
            AddNumber(part);
    }

    private void VisitStruct(Part part)
    {
        if (OwnMethod(part.Type) is { } own)
        {
            AddOwn(part, own);
            return;
        }
        if (part.Type.IsRuntimeType(_declaration.Runtime) && part.Type.Name is "BpfText" or "LpmKey")
        {
            Fail(
                part,
                "it is a " + part.Type.Name,
                "add [BpfAggregate(Aggregation.First)], or 'static void Accumulate(ref T total, in T value)' to the struct"
            );
            return;
        }
        if (Overlaps(part.Layout))
        {
            Fail(
                part,
                "its fields overlap",
                $"add 'static void Accumulate(ref {part.Type.MessageName()} total, in {part.Type.MessageName()} value)' to it"
            );
            return;
        }
        if (part.Count > 0)
        {
            Loop loop = new(part.Count, part.Layout.Size);
            part = part with { Count = 0, Path = null, Loops = part.Loops.Append(loop).ToEquatableArray() };
        }
        StructLayoutInfo info = StructLayoutInfo.Read((INamedTypeSymbol)part.Type);
        for (int i = 0; i < info.Fields.Length; i++)
            Visit(FieldOf(part, info.Fields[i], part.Layout.Fields[i]));
    }

    private Part FieldOf(Part owner, IFieldSymbol field, FieldLayout layout)
    {
        Aggregation? chosen = ChosenFor(field) ?? owner.Chosen;
        string? path =
            layout.Count == 0 && owner.Path is not null && IsWritable(field) ? owner.Path + "." + SymbolFacts.Escape(field.Name) : null;
        ITypeSymbol type = field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol pointer } ? pointer.PointedAtType : field.Type;
        return new(ElementOf(type, layout), layout.Type, layout.Count, field, path, owner.Offset + layout.Offset, owner.Loops, chosen);
    }

    /// <summary>Gets the element type of inline arrays, which the layout already flattens.</summary>
    private static ITypeSymbol ElementOf(ITypeSymbol type, FieldLayout layout)
    {
        while (
            layout.Count > 0
            && type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            && StructLayoutInfo.Read(named) is { InlineLength: > 0, Fields.Length: 1 } info
        )
            type = info.Fields[0].Type;
        return type;
    }

    private void AddNumber(Part part)
    {
        string number = part.Type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying.FullName() : part.Type.FullName();
        _steps.Add(
            new(
                part.Chosen ?? Aggregation.Sum,
                part.Path,
                number,
                part.Offset,
                Math.Max(part.Count, 1),
                part.Path is null ? part.Loops : []
            )
        );
    }

    private void AddOwn(Part part, IMethodSymbol own)
    {
        if (!_declaration.Compilation.IsSymbolAccessibleWithin(own, _declaration.Compilation.Assembly))
            Fail(
                part,
                "its Accumulate method is " + Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetText(own.DeclaredAccessibility),
                "make it internal"
            );
        else if (part.Path is null)
            Fail(
                part,
                "its Accumulate method cannot be called on an array element, or on a field that is private or read-only",
                "declare an Accumulate method on the containing struct"
            );
        else
        {
            _methods.Add(own);
            _steps.Add(new(null, part.Path, "", part.Offset, 1, [], part.Type.FullName()));
        }
    }

    private static (string What, string Help)? WhyNot(TypeLayout layout, Aggregation? chosen)
    {
        bool isEnum = layout.Kind is BpfTypeKind.Enum or BpfTypeKind.SignedEnum;
        if (layout.Kind == BpfTypeKind.Char)
            return ("it is text", "add [BpfAggregate(Aggregation.First)]");
        if (PrimitiveLayouts.IsBigEndian(layout))
            return ("it is in network order", "add [BpfAggregate(Aggregation.First)], or use the number in host order");
        if (isEnum && chosen is (null or Aggregation.Sum))
            return ("it is an enum", "add [BpfAggregate] with Max, Min, BitOr or First");
        if (chosen == Aggregation.BitOr && layout.Kind == BpfTypeKind.Float)
            return ("BitOr is for integers", "choose another [BpfAggregate]");
        return null;
    }

    private void Fail(Part part, string what, string help)
    {
        _failed = true;
        Location place = part.Field is null
            ? _declaration.IsClassForm
                ? _declaration.Attribute.LocationOfValue("Value")
                : _declaration.Place
            : _declaration.Reporter.LocationOf(part.Field);
        _declaration.Reporter.Error(
            DeclarationDescriptors.NotAggregatable,
            place,
            DiagnosticProperties.Of((DiagnosticProperties.SuggestedAggregation, part.Field is null ? null : nameof(Aggregation.First))),
            part.Name,
            what,
            help
        );
    }

    private bool IsWritable(IFieldSymbol field) =>
        !field.IsReadOnly
        && !field.IsImplicitlyDeclared
        && field.AssociatedSymbol is null
        && !UseRestrictions.IsRestricted(field)
        && _declaration.Compilation.IsSymbolAccessibleWithin(field, _declaration.Compilation.Assembly);

    private Aggregation? ChosenFor(IFieldSymbol field)
    {
        AttributeData? attribute = field
            .GetAttributes()
            .FirstOrDefault(a =>
                a.AttributeClass is { Name: SymbolFacts.AggregateAttribute } type && type.IsRuntimeType(_declaration.Runtime)
            );
        if (attribute is not { ConstructorArguments.Length: 1 } || attribute.ConstructorArguments[0].Value is not int chosen)
            return null;
        return chosen is >= 0 and <= (int)Aggregation.First ? (Aggregation)chosen : null;
    }

    private static IMethodSymbol? OwnMethod(ITypeSymbol type) =>
        type.GetMembers("Accumulate")
            .OfType<IMethodSymbol>()
            .FirstOrDefault(m =>
                m is { IsStatic: true, ReturnsVoid: true, Arity: 0, Parameters.Length: 2 }
                && m.Parameters[0].RefKind == RefKind.Ref
                && m.Parameters[1].RefKind == RefKind.In
                && m.Parameters.All(p => SymbolEqualityComparer.Default.Equals(p.Type, type))
            );

    private static bool Overlaps(TypeLayout layout)
    {
        int end = 0;
        foreach (FieldLayout field in layout.Fields.OrderBy(static f => f.Offset))
        {
            if (field.Offset < end)
                return true;
            end = field.End;
        }
        return false;
    }
}
