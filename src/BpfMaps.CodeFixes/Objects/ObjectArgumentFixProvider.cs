using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>
/// Sets an argument of a <c>[BpfMap]</c> to what the BPF object says: the type, the capacity, the flags, <c>map_extra</c>, the name of a map that it has, or
/// the name of its file.
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
        // Of a map of no object, and of an object that no name is near, there is nothing to propose.
        if (site[DiagnosticProperties.Argument] is not { } argument)
            return [];
        string key = nameof(ObjectArgumentFixProvider) + "." + argument;
        if (site[DiagnosticProperties.ArgumentValue] is not { } value)
            return MapArguments.Remove(site, argument, key);
        string title = argument == "Name" ? $"Name the map {value.Replace('"', '\'')}"
            : argument == "Object" ? $"Use the object {value.Replace('"', '\'')}"
            : $"Set {argument} to {value.Replace("global::BpfMaps.", "")}, as the object has it";
        return MapArguments.Set(site, argument, value, title, key);
    }
}
