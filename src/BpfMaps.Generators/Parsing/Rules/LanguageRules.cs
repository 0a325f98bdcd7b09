using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for the C# version, which generated code depends on.</summary>
internal static class LanguageRules
{
    /// <summary>The version for <c>new()</c> without a type, the newest feature that all generated code uses.</summary>
    private const LanguageVersion Lowest = LanguageVersion.CSharp9;

    /// <returns>Whether an error was reported.</returns>
    public static bool RefuseOldVersion(INamedTypeSymbol target, string attribute, Location place, Reporter reporter)
    {
        if (
            target.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options
            is not CSharpParseOptions { LanguageVersion: < Lowest and var found }
        )
            return false;
        reporter.Error(
            DeclarationDescriptors.LanguageTooOld,
            place,
            attribute,
            target.MessageName(),
            Lowest.ToDisplayString(),
            found.ToDisplayString()
        );
        return true;
    }
}
