using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>The <c>[StructLayout]</c>, <c>[FieldOffset]</c> and <c>[InlineArray]</c> of a struct, from source or metadata.</summary>
/// <param name="Pack">0 if not given.</param>
/// <param name="Size">0 if not given.</param>
/// <param name="InlineLength">The length of an inline array; 0 for other structs.</param>
internal sealed record StructLayoutInfo(
    LayoutKind Kind,
    int Pack,
    int Size,
    int InlineLength,
    ImmutableArray<IFieldSymbol> Fields,
    ImmutableArray<int?> Offsets
)
{
    public static StructLayoutInfo Read(INamedTypeSymbol type)
    {
        ImmutableArray<IFieldSymbol> fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic && !f.IsConst)];
        int inlineLength = FirstArgument(type, "System.Runtime.CompilerServices", "InlineArrayAttribute") ?? 0;
        return FromMetadata(type, inlineLength, fields) ?? FromSource(type, inlineLength, fields);
    }

    /// <summary>Gets whether metadata has instance fields without symbols, because the compiler hides some private ones.</summary>
    public static bool HidesFields(INamedTypeSymbol type)
    {
        if (Definition(type) is not ({ } reader, var definition))
            return false;
        int count = 0;
        foreach (FieldDefinitionHandle handle in definition.GetFields())
        {
            if ((reader.GetFieldDefinition(handle).Attributes & FieldAttributes.Static) == 0)
                count++;
        }
        return count != type.GetMembers().OfType<IFieldSymbol>().Count(static f => !f.IsStatic && !f.IsConst);
    }

    private static StructLayoutInfo FromSource(INamedTypeSymbol type, int inlineLength, ImmutableArray<IFieldSymbol> fields)
    {
        LayoutKind kind = LayoutKind.Sequential;
        int pack = 0,
            size = 0;
        if (Attribute(type, "System.Runtime.InteropServices", "StructLayoutAttribute") is { } attribute)
        {
            if (attribute.ConstructorArguments is { Length: > 0 } positional && positional[0].Value is { } value)
                kind = (LayoutKind)Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument is { Key: "Pack", Value.Value: int p })
                    pack = p;
                else if (argument is { Key: "Size", Value.Value: int s })
                    size = s;
            }
        }
        return new(
            kind,
            pack,
            size,
            inlineLength,
            fields,
            [.. fields.Select(static f => FirstArgument(f, "System.Runtime.InteropServices", "FieldOffsetAttribute"))]
        );
    }

    // In metadata, StructLayout and FieldOffset are tables instead of attributes, and symbols do not expose them.
    private static StructLayoutInfo? FromMetadata(INamedTypeSymbol type, int inlineLength, ImmutableArray<IFieldSymbol> fields)
    {
        if (Definition(type) is not ({ } reader, var definition))
            return null;
        LayoutKind kind = (definition.Attributes & TypeAttributes.LayoutMask) switch
        {
            TypeAttributes.ExplicitLayout => LayoutKind.Explicit,
            TypeAttributes.SequentialLayout => LayoutKind.Sequential,
            _ => LayoutKind.Auto,
        };
        TypeLayout layout = definition.GetLayout();
        ImmutableArray<int?>.Builder offsets = ImmutableArray.CreateBuilder<int?>(fields.Length);
        foreach (IFieldSymbol field in fields)
        {
            int token = field.OriginalDefinition.MetadataToken;
            int offset = token == 0 ? -1 : reader.GetFieldDefinition((FieldDefinitionHandle)MetadataTokens.Handle(token)).GetOffset();
            offsets.Add(offset < 0 ? null : offset);
        }
        return new(kind, layout.PackingSize, layout.Size, inlineLength, fields, offsets.ToImmutable());
    }

    private static (MetadataReader Reader, TypeDefinition Definition)? Definition(INamedTypeSymbol type)
    {
        int token = type.OriginalDefinition.MetadataToken;
        if (token == 0 || type.ContainingModule?.GetMetadata() is not { } module)
            return null;
        MetadataReader reader = module.GetMetadataReader();
        return (reader, reader.GetTypeDefinition((TypeDefinitionHandle)MetadataTokens.Handle(token)));
    }

    private static int? FirstArgument(ISymbol symbol, string attributeNamespace, string attributeName) =>
        Attribute(symbol, attributeNamespace, attributeName) is { ConstructorArguments: { Length: > 0 } positional }
        && positional[0].Value is int value
            ? value
            : null;

    private static AttributeData? Attribute(ISymbol symbol, string attributeNamespace, string attributeName) =>
        symbol
            .OriginalDefinition.GetAttributes()
            .FirstOrDefault(a =>
                a.AttributeClass is { } c && c.Name == attributeName && c.ContainingNamespace.ToDisplayString() == attributeNamespace
            );
}
