using BpfMaps.Queries.Running;
using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Each hash is in exactly one part, however often parts are divided.</summary>
public sealed class HashPartitionTests
{
    [Fact]
    public void Parts_CoverEachHashOnce() =>
        Gen.Int[0, 3]
            .Array[0, 30]
            .Sample(divisions =>
            {
                int[] visits = new int[1 << 12];
                HashPartition part = default;
                int next = 0;
                do
                {
                    while (next < divisions.Length && divisions[next++] == 0)
                        part.Divide(found: 100, capacity: 50);
                    for (uint hash = 0; hash < visits.Length; hash++)
                        visits[hash] += (hash & part.Mask) == part.Value ? 1 : 0;
                } while (part.MoveNext());
                return Array.TrueForAll(visits, static count => count == 1);
            });

    [Fact]
    public void Division_MakesPartsThatFit()
    {
        HashPartition part = default;

        part.Divide(found: 1_000_000, capacity: 300_000);

        Assert.Equal(3UL, part.Mask);
    }
}
