using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Gives a map class a value type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ValueMissingFixProvider)), Shared]
internal sealed class ValueMissingFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.ValueMissing];

    public override IEnumerable<Repair> Propose(Site site) =>
        site[DiagnosticProperties.ArgumentValue] is { } value ? MapArguments.Set(site, "Value", value, $"Add 'Value = {value}'", nameof(ValueMissingFixProvider)) : [];
}
