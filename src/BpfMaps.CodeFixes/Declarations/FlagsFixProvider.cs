using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Removes flags that the map type does not accept.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlagsFixProvider)), Shared]
internal sealed class FlagsFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.FlagsRefused];

    public override IEnumerable<Repair> Propose(Site site) =>
        site[DiagnosticProperties.ArgumentValue] is { } value
            ? MapArguments.Set(site, "Flags", value, "Remove the invalid flags", nameof(FlagsFixProvider))
            : MapArguments.Remove(site, "Flags", nameof(FlagsFixProvider));
}
