using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests that padding of C# structs is zeroed in keys, so that they are found again, and in values.</summary>
public sealed class PaddingTests
{
    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xA5)]
    public void GarbageInTheKeyPadding_DoesNotChangeTheKey(byte garbage)
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        using FlowsMap map = FlowsMap.Create();
        FlowKey dirty = default;
        Garbage.Fill(ref dirty, garbage);
        dirty.Address = 1;
        dirty.Port = 2;
        Assert.NotEqual(0, MemoryMarshal.AsBytes(new Span<FlowKey>(ref dirty))[2]);
        FlowKey clean = new() { Address = 1, Port = 2 };

        map.Set(in dirty, new() { Packets = 1 });
        Assert.Equal(1ul, map[in clean].Packets);
        Assert.Equal([2, 0, 0, 0, 1, 0, 0, 0], MemoryMarshal.AsBytes(map.Keys.ToArray().AsSpan()).ToArray());
        map[in dirty] = new() { Packets = 2 };
        Assert.Equal(1, map.Count());
        Assert.True(map.ContainsKey(in dirty));
        Assert.False(map.TryAdd(in dirty, default));
        Assert.True(map.TryUpdate(in dirty, new() { Packets = 3 }));
        Assert.True(map.TryRemove(in dirty, out FlowStats removed));
        Assert.Equal(3ul, removed.Packets);

        map.Set(in clean, default);
        Assert.True(map.Remove(in dirty));
        map.Set(in clean, default);
        Assert.Equal(1, map.RemoveRange(MemoryMarshal.CreateReadOnlySpan(ref dirty, 1)));
        map.SetRange(MemoryMarshal.CreateReadOnlySpan(ref dirty, 1), [new FlowStats { Packets = 4 }]);
        Assert.Equal(4ul, map[in clean].Packets);
    }

    [Fact]
    public void GarbageInTheValuePadding_DoesNotReachTheMap()
    {
        FlowStats dirty = DirtyStats();
        using FlowsMap map = FlowsMap.Create();
        FlowKey key = default;
        map.Set(in key, in dirty);
        Assert.Equal(CleanStats(), RawValue(map.Raw, new byte[8]));
        map.Update(in key, in dirty, BpfUpdateFlags.Exist);
        Assert.Equal(CleanStats(), RawValue(map.Raw, new byte[8]));
        map.SetRange([key], MemoryMarshal.CreateReadOnlySpan(ref dirty, 1));
        Assert.Equal(CleanStats(), RawValue(map.Raw, new byte[8]));

        using PaddedArrayMap array = PaddedArrayMap.Create();
        array.Set(0, in dirty);
        array.SetRange(1, MemoryMarshal.CreateReadOnlySpan(ref dirty, 1));
        Assert.Equal(CleanStats(), RawValue(array.Raw, TestMaps.Bytes(0)));
        Assert.Equal(CleanStats(), RawValue(array.Raw, TestMaps.Bytes(1)));
    }

    [Fact]
    public void GarbageInThePaddingOfPerCpuValues_DoesNotReachTheMap()
    {
        using CpuFlowsMap map = CpuFlowsMap.Create();
        FlowStats[] dirty = new FlowStats[map.CpuCount];
        MemoryMarshal.AsBytes(dirty.AsSpan()).Fill(0xEE);
        foreach (ref FlowStats stats in dirty.AsSpan())
        {
            stats.Packets = 7;
            stats.Flags = 1;
        }
        byte[] expected = [.. Enumerable.Repeat(CleanStats(), map.CpuCount).SelectMany(bytes => bytes)];
        byte[] actual = new byte[map.Raw.PerCpuValueSize];

        Garbage.FillStack(0xEE);
        map.Set(default, dirty);
        Assert.True(map.Raw.TryLookupPerCpu(new byte[8], actual));
        Assert.Equal(expected, actual);

        FlowStats one = DirtyStats();
        Garbage.FillStack(0xEE);
        map.SetAll(new() { Port = 1 }, in one);
        Assert.True(map.Raw.TryLookupPerCpu([1, 0, 0, 0, 0, 0, 0, 0], actual));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void BytesBetweenTheSlotsOfACpu_AreZero()
    {
        using CpuTriplesMap map = CpuTriplesMap.Create();
        Garbage.FillStack(0xEE);
        map.SetAll(0, new() { A = 1 });
        Garbage.FillStack(0xEE);
        map.Set(1, [.. Enumerable.Repeat(new Triple { A = 1 }, map.CpuCount)]);
        byte[] slots = new byte[map.Raw.PerCpuValueSize];
        byte[] expected = [.. Enumerable.Range(0, slots.Length).Select(at => (byte)(at % 16 == 0 ? 1 : 0))];
        map.Raw.TryLookupPerCpu(TestMaps.Bytes(0), slots);
        Assert.Equal(expected, slots);
        map.Raw.TryLookupPerCpu(TestMaps.Bytes(1), slots);
        Assert.Equal(expected, slots);
    }

    [Fact]
    public void GarbageInThePaddingOfPushedElements_DoesNotReachTheMap()
    {
        TestHost.RequireFeature(KernelFeature.BloomFilters);
        FlowStats stats = DirtyStats();
        using JobsMap jobs = JobsMap.Create();
        Assert.True(jobs.TryEnqueue(in stats));
        jobs.EnqueueDroppingOldest(in stats);
        Assert.Equal(CleanStats(), RawValue(jobs.Raw, []));

        using SeenMap seen = SeenMap.Create();
        FlowKey dirty = default;
        Garbage.Fill(ref dirty, 0xEE);
        dirty.Address = 1;
        dirty.Port = 2;
        FlowKey clean = new() { Address = 1, Port = 2 };
        seen.Add(in dirty);
        Assert.True(seen.MayContain(in clean));
        Assert.True(seen.MayContain(in dirty));
        Assert.True(seen.Raw.TryLookup([], [2, 0, 0, 0, 1, 0, 0, 0]));
    }

    [Fact]
    public void ValueTooLargeForAStackCopy_IsCleaned()
    {
        using LargeValuesMap map = LargeValuesMap.Create();
        LargeValue dirty = default;
        Garbage.Fill(ref dirty, 0xEE);
        dirty.Kind = 1;
        map.Set(1, in dirty);
        byte[] value = RawValue(map.Raw, TestMaps.Bytes(1));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0xEE], value[..9]);
        Assert.Equal(0xEE, value[^1]);
    }

    [Fact]
    public void KeysOnAStackFullOfGarbage_AreFound()
    {
        using FlowsMap map = FlowsMap.Create();
        int dirty = 0;
        for (byte round = 0; round < 60; round++)
        {
            Garbage.FillStack((byte)(round + 1));
            dirty += SetFresh(map, round) ? 1 : 0;
            Garbage.FillStack((byte)(round + 101));
            Assert.Equal(round, GetFresh(map, round));
        }
        Assert.Equal(60, map.Count());
        // When the JIT compiles the method, it leaves other bytes on the stack, but not in every round.
        Assert.True(dirty > 0, "no key had garbage in its padding, so the test was ineffective");
    }

    // Uses the last key of an uninitialized stack block, which is far enough down the stack to contain the garbage.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool SetFresh(FlowsMap map, uint address)
    {
        Span<FlowKey> block = stackalloc FlowKey[256];
        ref FlowKey key = ref block[^1];
        key.Address = address;
        key.Port = 80;
        map[in key] = new() { Packets = address };
        return MemoryMarshal.AsBytes(block)[^6] != 0;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong GetFresh(FlowsMap map, uint address)
    {
        Span<FlowKey> block = stackalloc FlowKey[256];
        ref FlowKey key = ref block[^1];
        key.Address = address;
        key.Port = 80;
        return map[in key].Packets;
    }

    private static FlowStats DirtyStats()
    {
        FlowStats[] stats = new FlowStats[1];
        Garbage.Fill(ref stats[0], 0xEE);
        stats[0].Packets = 7;
        stats[0].Flags = 1;
        return MemoryMarshal.Read<FlowStats>(MemoryMarshal.AsBytes(stats.AsSpan()));
    }

    private static byte[] CleanStats() => [7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] RawValue(RawMap raw, byte[] key)
    {
        byte[] value = new byte[raw.ValueSize];
        Assert.True(raw.TryLookup(key, value));
        return value;
    }
}
