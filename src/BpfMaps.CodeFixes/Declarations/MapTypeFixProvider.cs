using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Says whose member a kind is, where its name alone is ambiguous (<c>Array</c> beside System's, CS0229) or not in sight (CS0103).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MapTypeFixProvider)), Shared]
internal sealed class MapTypeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapTypeMissing];

    public override IEnumerable<Repair> Propose(Site site) => site[DiagnosticProperties.ArgumentValue] is { } value
        ? MapArguments.Set(site, "Type", "global::BpfMaps." + value, $"Write '{value}'", nameof(MapTypeFixProvider))
        : [];
}
