using BpfMaps.CodeFixes.Repairs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Finds the length of a string or array in C, if the source contains it.</summary>
internal static class FixedLength
{
    /// <summary>TASK_COMM_LEN, the most common length of text in BPF programs, used if the length is unknown.</summary>
    public const int Usual = 16;

    private static readonly int[] s_readyMade = [8, 16, 32, 64, 128, 256];

    /// <summary>Gets whether the runtime library has a type <c>Bytes{n}</c>.</summary>
    public static bool IsReadyMade(int length) => Array.IndexOf(s_readyMade, length) >= 0;

    public static int Of(Site site, DeclaredType declared) => FromMarshalling(site, declared) ?? FromInitializer(site, declared) ?? Usual;

    /// <summary>Gets the length from <c>[MarshalAs]</c>, which P/Invoke code uses.</summary>
    public static AttributeSyntax? Marshalling(Site site, DeclaredType declared) =>
        declared
            .AttributeLists.SelectMany(static l => l.Attributes)
            .FirstOrDefault(a =>
                site.Model.GetTypeInfo(a, site.Cancellation).Type?.ToDisplayString() == "System.Runtime.InteropServices.MarshalAsAttribute"
            );

    private static int? FromMarshalling(Site site, DeclaredType declared)
    {
        AttributeArgumentSyntax? size = Marshalling(site, declared)
            ?.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "SizeConst");
        return size is null ? null : Positive(site, size.Expression);
    }

    private static int? FromInitializer(Site site, DeclaredType declared)
    {
        foreach (EqualsValueClauseSyntax initializer in declared.Initializers)
        {
            if (
                initializer.Value is ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: > 0 } ranks }
                && ranks[0].Sizes is { Count: 1 } sizes
            )
                return Positive(site, sizes[0]);
        }
        return null;
    }

    private static int? Positive(Site site, ExpressionSyntax expression) =>
        site.Model.GetConstantValue(expression, site.Cancellation) is { HasValue: true, Value: int value and > 0 } ? value : null;
}
