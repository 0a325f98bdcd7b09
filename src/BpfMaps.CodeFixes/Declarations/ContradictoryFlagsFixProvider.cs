using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Removes one of two contradictory flags, or the flags of a trie, for which the required flag is set automatically.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContradictoryFlagsFixProvider)), Shared]
internal sealed class ContradictoryFlagsFixProvider : RepairProvider
{
    private static readonly (BpfMapFlags First, BpfMapFlags Second)[] s_pairs =
    [
        (BpfMapFlags.ReadOnly, BpfMapFlags.WriteOnly),
        (BpfMapFlags.ReadOnlyProgram, BpfMapFlags.WriteOnlyProgram),
    ];

    private static readonly BpfMapFlags s_named = Enum.GetValues(typeof(BpfMapFlags))
        .Cast<BpfMapFlags>()
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
        BpfMapFlags flags = (BpfMapFlags)value;
        if (flags == BpfMapFlags.None)
            return MapArguments.Remove(site, "Flags", KeyFor("All"));
        (BpfMapFlags first, BpfMapFlags second) = s_pairs.FirstOrDefault(p => (flags & (p.First | p.Second)) == (p.First | p.Second));
        return first == BpfMapFlags.None ? [] : [.. Remove(site, flags, second), .. Remove(site, flags, first)];
    }

    private static IEnumerable<Repair> Remove(Site site, BpfMapFlags flags, BpfMapFlags removed)
    {
        // Another diagnostic reports bits without a name, and its fix removes them.
        string value = (flags & ~removed & s_named).ToCode();
        return MapArguments.Set(site, "Flags", value, $"Remove {removed}", KeyFor(removed.ToString()));
    }
}
