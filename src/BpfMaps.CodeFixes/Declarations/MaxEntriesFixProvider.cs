using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Sets the nearest capacity that the kernel takes (for rings: the next power of two of pages), or leaves it to run time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MaxEntriesFixProvider)), Shared]
internal sealed class MaxEntriesFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MaxEntriesRefused];

    public override IEnumerable<Repair> Propose(Site site) => site[DiagnosticProperties.ArgumentValue] is { } value
        ? MapArguments.Set(site, "MaxEntries", value, $"Set MaxEntries to {value}", nameof(MaxEntriesFixProvider) + ".Set")
        : MapArguments.Remove(site, "MaxEntries", nameof(MaxEntriesFixProvider) + ".Remove");
}
