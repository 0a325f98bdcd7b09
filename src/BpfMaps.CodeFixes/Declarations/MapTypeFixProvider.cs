using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Qualifies a map type whose name is ambiguous (<c>Array</c>, CS0229) or unknown (CS0103).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MapTypeFixProvider)), Shared]
internal sealed class MapTypeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.MapTypeMissing];

    public override IEnumerable<Repair> Propose(Site site) =>
        site[DiagnosticProperties.ArgumentValue] is { } value
            ? MapArguments.Set(site, "Type", "global::BpfMaps." + value, $"Write '{value}'", nameof(MapTypeFixProvider))
            : [];
}
