namespace BpfMaps.Tests;

public sealed class AccessTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_value = TestMaps.Bytes(10L);

    [Fact]
    public void ReadOnlyDescriptor_RejectsEveryWrite()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        using RawMap reader = TestMaps.OpenById(map.Info.Id, BpfMapAccess.ReadOnly);
        Assert.Equal(BpfMapAccess.ReadOnly, reader.Access);
        AssertForbidden("This descriptor of the map is read-only.", () => reader.Update(s_key, s_value));
        AssertForbidden("This descriptor of the map is read-only.", () => reader.Delete(s_key));
        AssertForbidden("This descriptor of the map is read-only.", () => reader.TryLookupAndDelete(s_key, new byte[8]));
        AssertForbidden("This descriptor of the map is read-only.", () => reader.UpdateBatch(s_key, s_value, out _));
        AssertForbidden("This descriptor of the map is read-only.", () => reader.DeleteBatch(s_key, out _));
        AssertForbidden("This descriptor of the map is read-only.", () => Drain(reader));
        if (OtherKernel.FreezingNeedsWriteAccess)
            AssertForbidden("This descriptor of the map is read-only.", reader.Freeze);
    }

    [Fact]
    public void ReadOnlyDescriptor_AllowsReads()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        using RawMap reader = TestMaps.OpenById(map.Info.Id, BpfMapAccess.ReadOnly);
        byte[] value = new byte[8];
        Assert.True(reader.TryLookup(s_key, value));
        Assert.Equal(s_value, value);
        Assert.True(reader.TryGetNextKey([], new byte[4]));
        Assert.Equal(s_key, Assert.Single(reader.Keys));
    }

    [Fact]
    public void WriteOnlyDescriptor_RejectsEveryRead()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        using RawMap writer = TestMaps.OpenById(map.Info.Id, BpfMapAccess.WriteOnly);
        Assert.Equal(BpfMapAccess.WriteOnly, writer.Access);
        AssertForbidden("This descriptor of the map is write-only.", () => writer.TryLookup(s_key, new byte[8]));
        AssertForbidden("This descriptor of the map is write-only.", () => writer.TryGetNextKey([], new byte[4]));
        AssertForbidden("This descriptor of the map is write-only.", () => writer.TryLookupAndDelete(s_key, new byte[8]));
        AssertForbidden("This descriptor of the map is write-only.", () => Drain(writer));
        AssertForbidden("This descriptor of the map is write-only.", () => writer.Keys.Count());
    }

    [Fact]
    public void WriteOnlyDescriptor_AllowsWrites()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap writer = TestMaps.OpenById(map.Info.Id, BpfMapAccess.WriteOnly);
        Assert.Equal(BpfUpdateResult.Ok, writer.Update(s_key, s_value));
        Assert.True(map.TryLookup(s_key, new byte[8]));
        Assert.True(writer.Delete(s_key));
    }

    [Theory]
    [InlineData(BpfMapFlags.ReadOnly, BpfMapAccess.ReadOnly)]
    [InlineData(BpfMapFlags.WriteOnly, BpfMapAccess.WriteOnly)]
    [InlineData(BpfMapFlags.None, BpfMapAccess.ReadWrite)]
    public void AccessFlagAtCreation_AppliesToTheFirstDescriptor(BpfMapFlags flags, BpfMapAccess access)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash, flags: flags);
        Assert.Equal(access, map.Access);
    }

    [Fact]
    public void FrozenMap_CanBeReadButNotWritten()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        Assert.False(map.GetUsage().IsFrozen);
        map.Freeze();

        Assert.True(map.GetUsage().IsFrozen);
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(s_key, value));
        Assert.Equal(s_value, value);
        AssertForbidden("The map is frozen, so user space can only read it.", () => map.Update(s_key, s_value));
        AssertForbidden("The map is frozen, so user space can only read it.", () => map.Delete(s_key));
        AssertForbidden("The map is frozen, so user space can only read it.", () => map.TryLookupAndDelete(s_key, value));
        AssertForbidden("The map is frozen, so user space can only read it.", () => map.UpdateBatch(s_key, s_value, out _));
        AssertForbidden("The map is frozen, so user space can only read it.", () => Drain(map));
    }

    [Fact]
    public void FreezingTwice_FailsWithTheReason()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Freeze();
        var refusal = Assert.ThrowsAny<BpfException>(map.Freeze);
        Assert.Equal(OtherKernel.FrozenTwice, refusal.ErrnoName);
        Assert.Contains("frozen", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FrozenMap_IsFrozenForEveryDescriptor()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.OpenById(map.Info.Id);
        map.Freeze();
        AssertForbidden("The map is frozen, so user space can only read it.", () => other.Update(s_key, s_value));
    }

    private static void AssertForbidden(string reason, Action operation)
    {
        var refusal = Assert.Throws<BpfPermissionException>(operation);
        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertForbidden(string reason, Func<object?> operation) =>
        AssertForbidden(
            reason,
            () =>
            {
                _ = operation();
            }
        );

    private static bool Drain(RawMap map)
    {
        using BpfBatchCursor cursor = map.LookupAndDeleteBatch();
        return cursor.MoveNext();
    }
}
