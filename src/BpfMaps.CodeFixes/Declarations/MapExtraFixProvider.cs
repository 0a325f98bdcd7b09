using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Sets the most hash functions that a bloom filter takes, or removes what a kind of map does not take at all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MapExtraFixProvider)), Shared]
internal sealed class MapExtraFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapExtraRefused];

    public override IEnumerable<Repair> Propose(Site site) => site[DiagnosticProperties.ArgumentValue] is { } value
        ? MapArguments.Set(site, "MapExtra", value, $"Set MapExtra to {value}", nameof(MapExtraFixProvider) + ".Set")
        : MapArguments.Remove(site, "MapExtra", nameof(MapExtraFixProvider) + ".Remove");
}
