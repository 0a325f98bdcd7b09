using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Generators of sequences.</summary>
internal static class Steps
{
    // The longest sequences fill the maps several times over, and short ones are what shrinking ends at.
    private const int Longest = 40;

    // More keys than there is room for, so that maps get full; few enough that keys meet again.
    private const int MostKeys = 16;

    // Freezing ends most of what a sequence can do, so it is rare.
    private const int WeightOfAnythingButFreezing = 20;

    private static readonly Gen<BpfMapAccess> s_doors = Gen.Frequency(
        (18, BpfMapAccess.ReadWrite), (1, BpfMapAccess.ReadOnly), (1, BpfMapAccess.WriteOnly));

    private static readonly Gen<ulong> s_flags = Gen.Frequency(
        (12, Gen.Const(0ul)), (3, Gen.Const(1ul)), (3, Gen.Const(2ul)), (1, Gen.OneOf(3ul, 4ul, 5ul, 8ul, 1ul << 40)));

    /// <summary>Sequences of commands on maps as bytes: with right and wrong flags, through all three doors.</summary>
    public static Gen<Step[]> Raw(params MapCall[] calls) => Of(calls, s_flags, s_doors).Array[1, Longest];

    /// <summary>Sequences of what typed maps can do. Their batches have at least one key: without, nothing is called.</summary>
    /// <param name="flags">The flags, beside none, that the kind's updates can be given.</param>
    /// <param name="calls">What it can do.</param>
    public static Gen<Step[]> Typed(BpfUpdateFlags[] flags, params MapCall[] calls)
    {
        Gen<ulong> ofUpdates = Gen.Frequency([(3, 0ul), .. flags.Select(flag => (1, (ulong)flag))]);
        return Of(calls, ofUpdates, Gen.Const(BpfMapAccess.ReadWrite), fewestKeys: 1)
            .Select(step => step.Call == MapCall.Update ? step : step with { Flags = 0 })
            .Array[1, Longest];
    }

    private static Gen<Step> Of(MapCall[] calls, Gen<ulong> flags, Gen<BpfMapAccess> doors, int fewestKeys = 0) => Gen.Select(
        Gen.Frequency([.. calls.Select(call => (WeightOfAnythingButFreezing * Weight(call), call)), (1, MapCall.Freeze)]),
        Gen.Int[0, MostKeys],
        Gen.Int[1, 99],
        flags,
        doors,
        Gen.Int[0, MostKeys].Array[fewestKeys, 6],
        (call, key, value, flags, door, keys) => new Step(call, key, value, flags, door, keys));

    private static int Weight(MapCall call) => call switch
    {
        MapCall.Update => 8,
        MapCall.Lookup => 4,
        MapCall.LookupAndDelete or MapCall.Delete => 3,
        MapCall.UpdateBatch or MapCall.SetRange => 2,
        _ => 1,
    };
}
