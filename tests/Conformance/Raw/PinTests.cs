namespace BpfMaps.Tests;

public sealed class PinTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_value = TestMaps.Bytes(42L);

    [Fact]
    public void NewMap_IsNotPinned()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Null(map.PinPath);
        Assert.Null(map.PinPath);
        Assert.Throws<InvalidOperationException>(map.Unpin);
    }

    [Fact]
    public void PinAndUnpin_CreateAndRemoveThePin()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        Assert.NotNull(map.PinPath);
        Assert.Equal(pins["m"], map.PinPath);
        Assert.True(TestMaps.IsPinned(pins["m"]), "Pin did not create the pin.");

        map.Unpin();
        Assert.Null(map.PinPath);
        Assert.Null(map.PinPath);
        Assert.False(TestMaps.IsPinned(pins["m"]), "Unpin did not remove the pin.");
    }

    [Fact]
    public void PinnedMap_OutlivesItsDescriptor()
    {
        using PinDirectory pins = TestHost.Pins();
        uint id;
        using (RawMap map = TestMaps.Create(BpfMapType.Hash))
        {
            map.Update(s_key, s_value);
            map.Pin(pins["m"]);
            id = map.Info.Id;
        }

        using RawMap reopened = TestMaps.OpenPinned(pins["m"]);
        Assert.Equal(id, reopened.Info.Id);
        Assert.Equal(pins["m"], reopened.PinPath);
        byte[] value = new byte[8];
        Assert.True(reopened.TryLookup(s_key, value));
        Assert.Equal(s_value, value);
    }

    [Fact]
    public void MapWithoutPinOrDescriptor_IsRemoved()
    {
        using PinDirectory pins = TestHost.Pins();
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        uint id = map.Info.Id;
        map.Dispose();
        using (RawMap byId = TestMaps.OpenById(id))
            Assert.Equal("test", byId.Name);

        using (RawMap reopened = TestMaps.OpenPinned(pins["m"]))
            reopened.Unpin();
        TestMaps.AwaitGone(id);
        var refusal = Assert.Throws<BpfException>(() => TestMaps.OpenById(id));
        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains($"No map has the id {id}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_CanHaveSeveralPins()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["a"]);
        map.Pin(pins["b"]);
        Assert.Equal(pins["b"], map.PinPath);

        map.Unpin(pins["a"]);
        Assert.Equal(pins["b"], map.PinPath);
        Assert.Equal((false, true), (TestMaps.IsPinned(pins["a"]), TestMaps.IsPinned(pins["b"])));
    }

    [Theory]
    [InlineData(BpfMapAccess.ReadOnly)]
    [InlineData(BpfMapAccess.WriteOnly)]
    [InlineData(BpfMapAccess.ReadWrite)]
    public void PinOpenedWithAnAccess_AllowsThatAccess(BpfMapAccess access)
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        map.Pin(pins["m"]);
        using RawMap opened = TestMaps.OpenPinned(pins["m"], access);
        Assert.Equal(access, opened.Access);
        Assert.Equal(
            access == BpfMapAccess.WriteOnly ? "EPERM" : Answer.Ok,
            Answer.Of(() => opened.TryLookup(s_key, new byte[8]) ? Answer.Ok : Answer.Miss)
        );
        Assert.Equal(
            access == BpfMapAccess.ReadOnly ? "EPERM" : Answer.Ok,
            Answer.Of(() => opened.Delete(s_key) ? Answer.Ok : Answer.Miss)
        );
    }

    [Fact]
    public void RelativePath_IsResolvedAgainstTheWorkingDirectory()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, pins["m"]);
        map.Pin(relative);
        Assert.Equal(pins["m"], map.PinPath);
        map.Unpin(relative);
        Assert.Null(map.PinPath);
    }

    [Fact]
    public void DisposedMap_CannotBePinned()
    {
        using PinDirectory pins = TestHost.Pins();
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.Pin(pins["m"]));
        Assert.False(TestMaps.IsPinned(pins["m"]), "A disposed map was pinned.");
    }
}
