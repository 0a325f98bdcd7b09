using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Removes one of two contradictory flags, or the flags of a trie, for which the required flag is set automatically.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContradictoryFlagsFixProvider)), Shared]
internal sealed class ContradictoryFlagsFixProvider : RepairProvider
{
    private static readonly (MapFlags First, MapFlags Second)[] s_pairs =
    [
        (MapFlags.ReadOnly, MapFlags.WriteOnly),
        (MapFlags.ReadOnlyProgram, MapFlags.WriteOnlyProgram),
    ];

    private static readonly MapFlags s_named = Enum.GetValues(typeof(MapFlags))
        .Cast<MapFlags>()
        .Aggregate(static (all, flag) => all | flag);

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.FlagsContradictory];

    public static string KeyFor(string removed) => nameof(ContradictoryFlagsFixProvider) + "." + removed;

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (
            MapArguments.AttributeAt(site) is not { } attribute
            || MapArguments.Find(attribute, "Flags")?.Expression is not { } expression
            || site.Model.GetConstantValue(expression, site.Cancellation) is not { HasValue: true, Value: uint value }
        )
        {
            return [];
        }
        MapFlags flags = (MapFlags)value;
        if (flags == MapFlags.None)
            return MapArguments.Remove(site, "Flags", KeyFor("All"));
        (MapFlags first, MapFlags second) = s_pairs.FirstOrDefault(p => (flags & (p.First | p.Second)) == (p.First | p.Second));
        return first == MapFlags.None ? [] : [.. Remove(site, flags, second), .. Remove(site, flags, first)];
    }

    private static IEnumerable<Repair> Remove(Site site, MapFlags flags, MapFlags removed)
    {
        // Another diagnostic reports bits without a name, and its fix removes them.
        string value = (flags & ~removed & s_named).ToCode();
        return MapArguments.Set(site, "Flags", value, $"Remove {removed}", KeyFor(removed.ToString()));
    }
}
