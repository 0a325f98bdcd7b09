using BpfMaps.Generators.Model;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>A field of a key or value with a metrics attribute, or the whole key or value.</summary>
/// <param name="Type">The declared type.</param>
/// <param name="Layout">The layout of the type, or of one element if <paramref name="Count"/> is not 0.</param>
/// <param name="Count">0: not an array; n: an array of n elements.</param>
/// <param name="Offset">The offset in the key or value.</param>
internal sealed record AnnotatedField(Annotation Annotation, ITypeSymbol Type, TypeLayout Layout, int Count, int Offset)
{
    public int Size => Layout.Size * Math.Max(Count, 1);

    /// <summary>The number or array of numbers in the field; <see langword="null"/> for other types.</summary>
    public NumberField? Number => NumberOf(Layout, Offset, Math.Max(Count, 1));

    public static NumberField? NumberOf(TypeLayout layout, int offset, int count) =>
        layout is { Known: not null, Size: <= 8, Kind: BpfTypeKind.Unsigned or BpfTypeKind.Signed or BpfTypeKind.Float }
            ? new(offset, layout.Kind, layout.Size, count)
            : null;

    /// <summary>Gets the fields with metrics attributes in declaration order, including those of nested structs.</summary>
    public static IEnumerable<AnnotatedField> In(MapDeclaration declaration, ITypeSymbol? type, TypeLayout? layout, int offset = 0)
    {
        if (
            type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            || layout is not { IsComposite: true }
            || type.IsRuntimeType(declaration.Runtime)
        )
            yield break;
        StructLayoutInfo info = StructLayoutInfo.Read(named);
        for (int i = 0; i < info.Fields.Length; i++)
        {
            IFieldSymbol field = info.Fields[i];
            FieldLayout place = layout.Fields[i];
            foreach (Annotation annotation in Annotation.Of(field, declaration))
                yield return new(annotation, field.Type, place.Type, place.Count, offset + place.Offset);
            if (place.Count > 0)
                continue;
            foreach (AnnotatedField inner in In(declaration, field.Type, place.Type, offset + place.Offset))
                yield return inner;
        }
    }

    /// <summary>Creates the field for a whole key or value.</summary>
    public static AnnotatedField Whole(Annotation annotation, ITypeSymbol type, TypeLayout layout)
    {
        // Texts and inline arrays are arrays of their elements, as for fields.
        bool isArray =
            layout is { IsComposite: true, Fields: { Count: 1 } fields }
            && fields[0] is { Count: > 0, Offset: 0 } only
            && only.Size == layout.Size;
        return isArray ? new(annotation, type, layout.Fields[0].Type, layout.Fields[0].Count, 0) : new(annotation, type, layout, 0, 0);
    }
}
