using System.Globalization;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Parsing;

/// <summary>The capacities that the kernel takes.</summary>
internal static class MaxEntriesRules
{
    // A ring's size is checked against the page size of the machine it runs on; no machine with BPF has smaller pages.
    private const uint SmallestPage = 4096;

    // 4 GiB in the smallest pages.
    private const uint MostPages = 1u << 20;

    // Hash tables round the number of buckets up to a power of two, in 32 bits.
    private const uint MostBuckets = 1u << 31;

    public static void Check(MapDeclaration declaration)
    {
        if (declaration.Attribute.MaxEntries is not { } given || WhyRefused(declaration.Kind, given) is not (var reason, var better))
            return;
        declaration.Reporter.Error(
            DeclarationDescriptors.MaxEntriesRefused,
            declaration.Attribute.LocationOfValue("MaxEntries"),
            Properties.Of((DiagnosticProperties.Argument, "MaxEntries"), (DiagnosticProperties.ArgumentValue, better?.ToString(CultureInfo.InvariantCulture))),
            declaration.Target.MessageName(),
            given.Text(),
            reason);
    }

    private static (string Reason, uint? Better)? WhyRefused(MapKind kind, uint given)
    {
        if (kind.HasNoCapacity)
            return given == 0 ? null : ($"{kind.Type} maps have no capacity: it must be 0 or left out", null);
        if (kind.IsRing && (given < SmallestPage || (given & (given - 1)) != 0))
            return ("a ring's size is in bytes, a power of two and a multiple of the page size", NextRingSize(given));
        if (given == 0)
            return ("a map has at least one element; leave it out to give it at run time", null);
        if (kind.Type == MapType.Arena && given > MostPages)
            return ($"an arena has at most 4 GiB, {MostPages.Text()} pages", MostPages);
        if (kind.IsHash && given > MostBuckets)
            return ($"{kind.Type} maps have at most {MostBuckets.Text()} elements", MostBuckets);
        return null;
    }

    private static uint NextRingSize(uint atLeast)
    {
        uint size = SmallestPage;
        while (size < atLeast && size < MostBuckets)
            size <<= 1;
        return size;
    }
}
