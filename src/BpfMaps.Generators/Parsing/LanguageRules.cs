using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Parsing;

/// <summary>The versions of C# that generated code needs.</summary>
internal static class LanguageRules
{
    /// <summary>What a <c>[BpfMap]</c> and a <c>[BpfObject]</c> need: <c>new()</c> without a type is the newest that all of them use.</summary>
    private const LanguageVersion Lowest = LanguageVersion.CSharp9;

    /// <returns>Whether an error was reported.</returns>
    public static bool RefuseOldVersion(INamedTypeSymbol target, string attribute, Location place, Reporter reporter)
    {
        if (target.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: < Lowest and var found })
            return false;
        reporter.Error(DeclarationDescriptors.LanguageTooOld, place, attribute, target.MessageName(), Lowest.ToDisplayString(), found.ToDisplayString());
        return true;
    }
}
