using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>
/// Sets a number to the nearest valid one (for rings, the next power of two of pages), or removes it if no number is valid.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RefusedNumberFixProvider)), Shared]
internal sealed class RefusedNumberFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MaxEntriesRefused, DiagnosticIds.MapExtraRefused];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (site[DiagnosticProperties.Argument] is not { } argument)
            return [];
        string key = $"{nameof(RefusedNumberFixProvider)}.{argument}";
        return site[DiagnosticProperties.ArgumentValue] is { } value
            ? MapArguments.Set(site, argument, value, $"Set {argument} to {value}", key + ".Set")
            : MapArguments.Remove(site, argument, key + ".Remove");
    }
}
