using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for capacities.</summary>
internal static class MaxEntriesRules
{
    private const string RingReason = "the size of a ring buffer is in bytes and must be a power of two and a multiple of the page size";

    public static void Check(MapDeclaration declaration)
    {
        if (declaration.Attribute.MaxEntries is not { } given || WhyRefused(declaration.Kind, given) is not (var reason, var better))
            return;
        declaration.Reporter.Error(
            DeclarationDescriptors.MaxEntriesRefused,
            declaration.Attribute.LocationOfValue("MaxEntries"),
            Suggest(better),
            declaration.Target.MessageName(),
            given.Text(),
            reason
        );
    }

    /// <summary>Checks the size of a ring. The parser does not report it, because loaders round sizes of rings.</summary>
    public static Diagnostic? CheckRing(MapDeclaration declaration)
    {
        if (
            !declaration.Kind.IsRing
            || declaration.Attribute.MaxEntries is not { } given
            || RingSize.IsExact(given, KernelLimits.SmallestPage)
        )
            return null;
        return Diagnostic.Create(
            DeclarationDescriptors.MaxEntriesRefused,
            declaration.Attribute.LocationOfValue("MaxEntries"),
            Suggest(RingSize.RoundUp(given, KernelLimits.SmallestPage)),
            declaration.Target.MessageName(),
            given.Text(),
            RingReason
        );
    }

    private static ImmutableDictionary<string, string?> Suggest(uint? better) =>
        DiagnosticProperties.Of((DiagnosticProperties.Argument, "MaxEntries"), (DiagnosticProperties.ArgumentValue, better?.Text()));

    private static (string Reason, uint? Better)? WhyRefused(MapTypeFacts kind, uint given)
    {
        if (kind.HasNoCapacity)
            return given == 0 ? null : ($"{kind.Type} maps have no capacity: remove MaxEntries or set it to 0", null);
        if (kind.IsRing && (given == 0 || given > RingSize.Largest))
            return (RingReason, RingSize.RoundUp(given, KernelLimits.SmallestPage));
        if (given == 0)
            return ("a map needs at least one element; remove MaxEntries to pass the capacity at run time", null);
        if (kind.Type == BpfMapType.Arena && given > KernelLimits.MostArenaPages)
            return ($"an arena has at most {KernelLimits.MostArenaPages.Text()} pages (4 GiB)", KernelLimits.MostArenaPages);
        if (kind.IsHash && given > KernelLimits.MostBuckets)
            return ($"{kind.Type} maps have at most {KernelLimits.MostBuckets.Text()} elements", KernelLimits.MostBuckets);
        return null;
    }
}
