namespace BpfMaps.Tests;

public sealed class OpeningTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);

    [Fact]
    public void MapOpenedById_IsTheSameMap()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.OpenById(map.Info.Id);
        other.Update(s_key, TestMaps.Bytes(5L));
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(s_key, value));
        Assert.Equal(5L, BitConverter.ToInt64(value));
        Assert.Null(other.PinPath);
    }

    [Fact]
    public void UnknownId_FailsWithEnoent()
    {
        var refusal = Assert.Throws<BpfException>(() => TestMaps.OpenById(uint.MaxValue - 1));
        Assert.Equal((Errno.ENOENT, "BPF_MAP_GET_FD_BY_ID"), (refusal.Errno, refusal.Command));
        Assert.Contains("No map has the id 4294967294", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdoptedDescriptor_IsStillOwnedByTheCaller()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        RawMap adopted = TestMaps.FromFileDescriptor((int)map.Handle.DangerousGetHandle());
        Assert.NotEqual(map.Handle.DangerousGetHandle(), adopted.Handle.DangerousGetHandle());
        adopted.Update(s_key, new byte[8]);
        adopted.Dispose();
        Assert.True(map.TryLookup(s_key, new byte[8]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void DescriptorThatIsNotOpen_FailsWithEbadf(int descriptor)
    {
        var refusal = Assert.Throws<BpfException>(() => TestMaps.FromFileDescriptor(descriptor));
        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains("The descriptor is not open in this process.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnumerateLoaded_ReturnsOwnMaps()
    {
        using RawMap first = TestMaps.Create(BpfMapType.Hash, name: "seen_a");
        using RawMap second = TestMaps.Create(
            BpfMapType.RingBuf,
            keySize: 0,
            valueSize: 0,
            maxEntries: (uint)Environment.SystemPageSize,
            name: "seen_b"
        );
        BpfMapInfo[] loaded = [.. TestMaps.EnumerateLoaded()];
        Assert.Contains(loaded, info => info.Id == first.Info.Id && info.Name == "seen_a");
        Assert.Contains(loaded, info => info.Id == second.Info.Id && info.Type == BpfMapType.RingBuf);
        Assert.Equal(loaded.Select(info => info.Id).Order(), loaded.Select(info => info.Id));
    }

    [Fact]
    public void EnumerateLoaded_SkipsMapsThatAreRemoved()
    {
        using RawMap steady = TestMaps.Create(BpfMapType.Hash, name: "steady");
        bool isOver = false;
        Thread churner = new(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                RawMap[] maps = [.. Enumerable.Range(0, 20).Select(_ => TestMaps.Create(BpfMapType.Array, maxEntries: 1))];
                Array.ForEach(maps, map => map.Dispose());
            }
        });
        churner.Start();
        try
        {
            for (int round = 0; round < 200; round++)
                Assert.Contains(TestMaps.EnumerateLoaded(), info => info.Id == steady.Info.Id);
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            churner.Join();
        }
    }
}
