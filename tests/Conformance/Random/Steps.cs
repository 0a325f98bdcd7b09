using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Generators of sequences.</summary>
internal static class Steps
{
    // The longest sequences fill the maps several times; shrinking ends at short ones.
    private const int Longest = 40;

    // More keys than fit, so that maps become full, but few enough to repeat keys.
    private const int MostKeys = 16;

    // Freezing makes most later steps fail, so it is rare.
    private const int WeightOfAnythingButFreezing = 20;

    private static readonly Gen<BpfMapAccess> s_doors = Gen.Frequency(
        (18, BpfMapAccess.ReadWrite),
        (1, BpfMapAccess.ReadOnly),
        (1, BpfMapAccess.WriteOnly)
    );

    /// <summary>Sequences of commands on raw maps, with valid and invalid flags, through all three descriptors.</summary>
    /// <param name="type">The map type. Commands that the kernel does not have for it are left out.</param>
    /// <param name="calls">The commands.</param>
    public static Gen<Step[]> Raw(BpfMapType type, params IEnumerable<MapCall> calls) =>
        Of([.. calls.Where(call => IsSupported(type, call))], Flags(type), s_doors).Array[1, Longest];

    /// <summary>Sequences of operations on typed maps. Their batches have at least one key, because empty batches call nothing.</summary>
    /// <param name="type">The map type.</param>
    /// <param name="flags">The flags, in addition to none, that updates of the map type accept.</param>
    /// <param name="calls">The operations that the map type supports. What the kernel does not have is left out.</param>
    public static Gen<Step[]> Typed(BpfMapType type, BpfUpdateFlags[] flags, params IEnumerable<MapCall> calls)
    {
        calls = calls.Where(call => !LooksUpAndDeletes(type, call) || TestHost.Linux >= KernelFeature.LookupAndDeleteOfHashes.First);
        Gen<ulong> ofUpdates = Gen.Frequency([(3, 0ul), .. flags.Select(flag => (1, (ulong)flag))]);
        return Of([.. calls], ofUpdates, Gen.Const(BpfMapAccess.ReadWrite), fewestKeys: 1)
            .Select(step => step.Call == MapCall.Update ? step : step with { Flags = 0 })
            .Array[1, Longest];
    }

    private static Gen<ulong> Flags(BpfMapType type) =>
        Gen.Frequency(
            (12, Gen.Const(0ul)),
            (3, Gen.Const(1ul)),
            (3, Gen.Const(2ul)),
            (1, Gen.OneOf([.. OtherKernel.Refused(type, 3, 4, 5, 8, 1ul << 40).Select(Gen.Const)]))
        );

    private static bool IsSupported(BpfMapType type, MapCall call) =>
        LooksUpAndDeletes(type, call)
            ? TestHost.Linux >= KernelFeature.LookupAndDeleteOfHashes.First
            : !IsBatch(call) || TestHost.Linux >= KernelFeature.BatchesOf(type).First;

    private static bool LooksUpAndDeletes(BpfMapType type, MapCall call) =>
        call == MapCall.LookupAndDelete
        && type is (BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash);

    private static bool IsBatch(MapCall call) =>
        call is MapCall.UpdateBatch or MapCall.DeleteBatch or MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk;

    private static Gen<Step> Of(MapCall[] calls, Gen<ulong> flags, Gen<BpfMapAccess> doors, int fewestKeys = 0) =>
        Gen.Select(
            Gen.Frequency([.. calls.Select(call => (WeightOfAnythingButFreezing * Weight(call), call)), (1, MapCall.Freeze)]),
            Gen.Int[0, MostKeys],
            Gen.Int[1, 99],
            flags,
            doors,
            Gen.Int[0, MostKeys].Array[fewestKeys, 6],
            (call, key, value, flags, door, keys) => new Step(call, key, value, flags, door, keys)
        );

    private static int Weight(MapCall call) =>
        call switch
        {
            MapCall.Update => 8,
            MapCall.Lookup => 4,
            MapCall.LookupAndDelete or MapCall.Delete => 3,
            MapCall.UpdateBatch or MapCall.SetRange => 2,
            _ => 1,
        };
}
