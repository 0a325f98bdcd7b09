using System.Collections.Immutable;
using System.Globalization;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for capacities.</summary>
internal static class MaxEntriesRules
{
    // 4 GiB in the smallest pages.
    private const uint MostPages = 1u << 20;

    private const uint LargestRing = 1u << 31;
    private const string RingReason = "the size of a ring buffer is in bytes and must be a power of two and a multiple of the page size";

    // Hash tables round the number of buckets up to a power of two, in 32 bits.
    private const uint MostBuckets = 1u << 31;

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
            reason);
    }

    /// <summary>Checks the size of a ring. The parser does not report it, because loaders round sizes of rings.</summary>
    public static Diagnostic? CheckRing(MapDeclaration declaration)
    {
        if (!declaration.Kind.IsRing || declaration.Attribute.MaxEntries is not { } given || RingSize.IsExact(given))
            return null;
        return Diagnostic.Create(
            DeclarationDescriptors.MaxEntriesRefused,
            declaration.Attribute.LocationOfValue("MaxEntries"),
            Suggest(RingSize.RoundUp(given)),
            declaration.Target.MessageName(),
            given.Text(),
            RingReason);
    }

    private static ImmutableDictionary<string, string?> Suggest(uint? better) =>
        Properties.Of((DiagnosticProperties.Argument, "MaxEntries"), (DiagnosticProperties.ArgumentValue, better?.ToString(CultureInfo.InvariantCulture)));

    private static (string Reason, uint? Better)? WhyRefused(MapKind kind, uint given)
    {
        if (kind.HasNoCapacity)
            return given == 0 ? null : ($"{kind.Type} maps have no capacity: remove MaxEntries or set it to 0", null);
        if (kind.IsRing && (given == 0 || given > LargestRing))
            return (RingReason, RingSize.RoundUp(given));
        if (given == 0)
            return ("a map needs at least one element; remove MaxEntries to pass the capacity at run time", null);
        if (kind.Type == MapType.Arena && given > MostPages)
            return ($"an arena has at most {MostPages.Text()} pages (4 GiB)", MostPages);
        if (kind.IsHash && given > MostBuckets)
            return ($"{kind.Type} maps have at most {MostBuckets.Text()} elements", MostBuckets);
        return null;
    }
}
