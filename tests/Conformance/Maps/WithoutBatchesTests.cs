namespace BpfMaps.Tests;

/// <summary>Tests that operations that use batches fall back to single keys if batches are not supported.</summary>
[Collection(nameof(WholeProcess))]
public sealed class WithoutBatchesTests
{
    private readonly NoBatchesHost _host = new();

    [Fact]
    public void Hash_IsWrittenWalkedDrainedAndCleared()
    {
        using CountersMap map = CountersMap.Create(300, _host);
        uint[] keys = [.. Enumerable.Range(0, 300).Select(number => (uint)number)];
        ulong[] values = [.. keys.Select(key => key * 2ul)];
        map.SetRange(keys, values);
        Assert.False(map.TrySetRange([1, 2, 1000, 3], [2, 4, 0, 6], out int written));
        Assert.Equal(2, written);
        Assert.Equal(300, map.Count());
        Assert.Equal(keys, map.Keys.Order());
        Assert.All(map, element => Assert.Equal(element.Key * 2ul, element.Value));
        Assert.Equal(100, map.RemoveRange([5000, .. keys.Take(100), 5001]));
        Assert.Equal(keys.Skip(100), map.Drain().Select(element => element.Key).Order());
        Assert.Equal(0, map.Count());
        map.SetRange(keys, values);
        map.Clear();
        Assert.Empty(map);
    }

    [Fact]
    public void Array_IsWrittenAndReadInOrder()
    {
        using NumbersMap map = NumbersMap.Create(200, _host);
        ulong[] values = [.. Enumerable.Range(0, 200).Select(number => (ulong)number)];
        map.SetRange(0, values);
        Assert.Equal(values, map.ToArray());
        Assert.Equal(values, map);
    }

    [Fact]
    public void PerCpuHash_IsWalkedAndDrained()
    {
        using CpuCountersMap map = CpuCountersMap.Create(_host);
        for (uint key = 0; key < 100; key++)
            map.SetAll(key, key);
        Assert.Equal(100, map.Count());
        Assert.All(map, element => Assert.Equal(element.Key * (ulong)map.CpuCount, element.Value));
        Assert.Equal(10, map.RemoveRange([.. Enumerable.Range(0, 10).Select(number => (uint)number)]));
        Assert.Equal(90, map.Drain().Count());
        Assert.Empty(map);
    }

    [Fact]
    public void PerCpuArray_IsAggregated()
    {
        using CpuNumbersMap map = CpuNumbersMap.Create(_host);
        map.SetAll(7, 1);
        ulong[] totals = new ulong[map.Length];
        map.Aggregate(totals);
        Assert.Equal((ulong)map.CpuCount, totals[7]);
        Assert.Equal((ulong)map.CpuCount, totals.Aggregate((a, b) => a + b));
    }

    /// <summary>An exception for each call would be slow, and old kernels have no other way.</summary>
    [Theory]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.ENOTSUPP)]
    public void WritingAndRemovingMany_AllocatesNothing(int errno)
    {
        using CountersMap map = CountersMap.Create(16, new NoBatchesHost(errno));
        uint[] keys = [4, 5, 6];
        ulong[] values = [4, 5, 6];
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                map.TrySetRange(keys, values, out _);
                map.RemoveRange(keys);
            })
        );
        Assert.Empty(map);
    }
}
