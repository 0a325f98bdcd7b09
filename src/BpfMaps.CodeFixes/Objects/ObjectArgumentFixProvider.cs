using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// Changes an argument of <c>[BpfMap]</c> to match the BPF object: the type, the capacity, the flags, <c>map_extra</c>, the name of a map,
/// or the name of the object file.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ObjectArgumentFixProvider)), Shared]
internal sealed class ObjectArgumentFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        DiagnosticIds.ObjectUnknown,
        DiagnosticIds.MapNotInObject,
        DiagnosticIds.MapInNoObject,
        DiagnosticIds.TypeDiffers,
        DiagnosticIds.MaxEntriesDiffers,
        DiagnosticIds.FlagsDiffer,
        DiagnosticIds.MapExtraDiffers,
    ];

    public override IEnumerable<Repair> Propose(Site site)
    {
        // No proposal if the map is in no object, or no name is similar.
        if (site[DiagnosticProperties.Argument] is not { } argument)
            return [];
        string key = nameof(ObjectArgumentFixProvider) + "." + argument;
        if (site[DiagnosticProperties.ArgumentValue] is not { } value)
            return MapArguments.Remove(site, argument, key);
        string title =
            argument == "Name" ? $"Name the map {value.Replace('"', '\'')}"
            : argument == "Object" ? $"Use the object {value.Replace('"', '\'')}"
            : $"Set {argument} to {value.Replace("global::BpfMaps.", "")}, as in the object";
        return MapArguments.Set(site, argument, value, title, key);
    }
}
