namespace BpfMaps.Tests;

public sealed class DisposalTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);

    public static TheoryData<string> Operations => [.. s_operations.Keys];

    private static readonly Dictionary<string, Action<RawMap>> s_operations = new()
    {
        [nameof(RawMap.TryLookup)] = map => map.TryLookup(s_key, new byte[8]),
        [nameof(RawMap.TryLookupAndDelete)] = map => map.TryLookupAndDelete(s_key, new byte[8]),
        [nameof(RawMap.Update)] = map => map.Update(s_key, new byte[8]),
        [nameof(RawMap.Delete)] = map => map.Delete(s_key),
        [nameof(RawMap.TryGetNextKey)] = map => map.TryGetNextKey([], new byte[4]),
        [nameof(RawMap.UpdateBatch)] = map => map.UpdateBatch(s_key, new byte[8], out _),
        [nameof(RawMap.DeleteBatch)] = map => map.DeleteBatch(s_key, out _),
        [nameof(RawMap.LookupBatch)] = map =>
        {
            using BpfBatchCursor cursor = map.LookupBatch();
            cursor.MoveNext();
        },
        [nameof(RawMap.LookupAndDeleteBatch)] = map =>
        {
            using BpfBatchCursor cursor = map.LookupAndDeleteBatch();
            cursor.MoveNext();
        },
        [nameof(RawMap.Keys)] = map => map.Keys.Count(),
        [nameof(RawMap.Freeze)] = map => map.Freeze(),
        [nameof(RawMap.GetUsage)] = map => map.GetUsage(),
        [nameof(RawMap.Map)] = map => map.Map().Dispose(),
        [nameof(RawMap.MapReadOnly)] = map => map.MapReadOnly().Dispose(),
        [nameof(RawMap.Pin)] = map => map.Pin("/sys/fs/bpf/never"),
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void OperationOnADisposedMap_ThrowsObjectDisposedException(string operation)
    {
        RawMap map = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
        map.Dispose();
        var refusal = Assert.Throws<ObjectDisposedException>(() => s_operations[operation](map));
        Assert.Contains(nameof(RawMap), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InfoAndName_OutliveTheMap()
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash, name: "was_here");
        map.Dispose();
        map.Dispose();
        Assert.Equal("was_here", map.Name);
        Assert.StartsWith("'was_here' (Hash, id ", map.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DisposedMap_IsRemovedFromTheHost()
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        TestMaps.AwaitGone(map.Info.Id);
        Assert.Equal(Errno.ENOENT, TestMaps.Errno(() => TestMaps.OpenById(map.Info.Id)));
    }

    [Fact]
    public void HandleHeldByOtherCode_KeepsTheDescriptorOpen()
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        bool held = false;
        map.Handle.DangerousAddRef(ref held);
        int descriptor = (int)map.Handle.DangerousGetHandle();
        map.Dispose();
        using (RawMap adopted = TestMaps.FromFileDescriptor(descriptor))
            Assert.Equal(map.Info.Id, adopted.Info.Id);

        map.Handle.DangerousRelease();
        TestMaps.AwaitGone(map.Info.Id);
    }
}
