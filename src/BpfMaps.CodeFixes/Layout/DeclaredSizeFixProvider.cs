using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>Sets <c>KeySize</c> or <c>ValueSize</c> to the size that the C# type has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclaredSizeFixProvider)), Shared]
internal sealed class DeclaredSizeFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.KeySizeMismatch, DiagnosticIds.ValueSizeMismatch];

    public override IEnumerable<Repair> Propose(Site site) =>
        site[DiagnosticProperties.Argument] is { } argument && site[DiagnosticProperties.ActualSize] is { } size
            ? MapArguments.Set(site, argument, size, $"Set {argument} to {size}", nameof(DeclaredSizeFixProvider))
            : [];
}
