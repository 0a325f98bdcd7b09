using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Adds a key to a map: an argument of the attribute, or a nested struct.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyMissingFixProvider)), Shared]
internal sealed class KeyMissingFixProvider : RepairProvider
{
    public const string TypeOfKey = nameof(KeyMissingFixProvider) + ".Type";
    public const string NestedStructKey = nameof(KeyMissingFixProvider) + ".Struct";

    // A struct without fields would be another error.
    private const string NestedStruct = """
        public struct Key
        {
            public uint Id;
        }
        """;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.KeyMissing];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site[DiagnosticProperties.ArgumentValue] is { } value)
        {
            foreach (Repair repair in MapArguments.Set(site, "Key", value, $"Add 'Key = {value}'", TypeOfKey))
                yield return repair;
        }
        if (
            site.Node is StructDeclarationSyntax { OpenBraceToken.IsMissing: false } type
            && type.OpenBraceToken.Span.Length > 0
            && site.Model.GetDeclaredSymbol(type, site.Cancellation) is { } symbol
            && symbol.GetMembers("Key").IsEmpty
        )
        {
            yield return new(
                "Add a nested struct 'Key'",
                NestedStructKey,
                site.Document.Id,
                type,
                e => e.ReplaceNode(type, static (current, _) => ((StructDeclarationSyntax)current).InsertFirst(NestedStruct))
            );
        }
    }
}
