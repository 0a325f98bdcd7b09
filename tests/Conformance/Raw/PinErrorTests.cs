namespace BpfMaps.Tests;

public sealed class PinErrorTests
{
    [Fact]
    public void SecondPinAtAPath_FailsWithEexist()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        Assert.Equal(Errno.EEXIST, TestMaps.Errno(() => map.Pin(pins["m"])));
        Assert.Equal(Errno.EEXIST, TestMaps.Errno(() => other.Pin(pins["m"])));
        Assert.Null(other.PinPath);
        using RawMap pinned = TestMaps.OpenPinned(pins["m"]);
        Assert.Equal(map.Info.Id, pinned.Info.Id);
    }

    [Fact]
    public void PathOutsideTheBpfFileSystem_FailsWithEperm()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string path = Path.Combine(Path.GetTempPath(), "bpfmaps_nowhere");
        Assert.Equal(Errno.EPERM, Assert.Throws<BpfPermissionException>(() => map.Pin(path)).Errno);
        Assert.Null(map.PinPath);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData(".hidden")]
    [InlineData("dot.")]
    public void DotInTheName_FailsWithEperm(string name)
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(Errno.EPERM, Assert.Throws<BpfPermissionException>(() => map.Pin(pins[name])).Errno);
        Assert.Null(map.PinPath);
    }

    [Fact]
    public void MissingPin_FailsWithEnoentWhenOpenedOrUnpinned()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(Errno.ENOENT, TestMaps.Errno(() => TestMaps.OpenPinned(pins["none"])));
        Assert.Equal(Errno.ENOENT, TestMaps.Errno(() => TestMaps.OpenPinned(pins["none/m"])));
        Assert.Equal(Errno.ENOENT, TestMaps.Errno(() => map.Unpin(pins["none"])));
    }

    [Fact]
    public void PinRemovedByAnother_FailsWithEnoentWhenUnpinned()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        using (RawMap other = TestMaps.OpenPinned(pins["m"]))
            other.Unpin();
        Assert.Equal(Errno.ENOENT, TestMaps.Errno(map.Unpin));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void EmptyPath_ThrowsArgumentException(string? path)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.ThrowsAny<ArgumentException>(() => map.Pin(path!));
        Assert.ThrowsAny<ArgumentException>(() => map.Unpin(path!));
        Assert.ThrowsAny<ArgumentException>(() => TestMaps.OpenPinned(path!));
    }

    [Fact]
    public void PathWithANul_ThrowsArgumentExceptionAndIsNotTruncated()
    {
        using PinDirectory pins = TestHost.Pins();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        Assert.Throws<ArgumentException>(() => map.Pin(pins["n\0ever"]));
        Assert.Throws<ArgumentException>(() => map.Unpin(pins["m\0ine"]));
        Assert.Throws<ArgumentException>(() => TestMaps.OpenPinned(pins["m\0ine"]));
        Assert.Equal((true, false), (TestMaps.IsPinned(pins["m"]), TestMaps.IsPinned(pins["n"])));
    }
}
