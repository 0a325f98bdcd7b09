using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for <c>map_extra</c> (<c>map_create</c>, <c>bloom_map_alloc</c>, <c>arena_map_alloc</c>).</summary>
internal static class MapExtraRules
{
    public static void Check(MapDeclaration declaration)
    {
        if (declaration.Attribute.MapExtra is not { } given || WhyRefused(declaration.Kind.Type, given) is not (var reason, var better))
            return;
        declaration.Reporter.Error(
            DeclarationDescriptors.MapExtraRefused,
            declaration.Attribute.LocationOfValue("MapExtra"),
            DiagnosticProperties.Of((DiagnosticProperties.Argument, "MapExtra"), (DiagnosticProperties.ArgumentValue, better?.Text())),
            declaration.Target.MessageName(),
            given.Text(),
            reason
        );
    }

    private static (string Reason, ulong? Better)? WhyRefused(BpfMapType type, ulong given) =>
        type switch
        {
            BpfMapType.BloomFilter when given <= KernelLimits.MostHashFunctions => null,
            BpfMapType.BloomFilter => (
                $"for a bloom filter it is the number of hash functions, 1 to {KernelLimits.MostHashFunctions.Text()}",
                KernelLimits.MostHashFunctions
            ),
            BpfMapType.Arena when given % KernelLimits.SmallestPage == 0 => null,
            BpfMapType.Arena => ("for an arena it is an address, a multiple of the page size", null),
            _ when given == 0 => null,
            _ => ($"{type} maps have no map_extra", null),
        };
}
