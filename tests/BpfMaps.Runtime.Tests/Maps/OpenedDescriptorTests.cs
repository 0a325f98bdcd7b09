namespace BpfMaps.Tests;

/// <summary>Tests that a typed map that cannot be opened leaves no descriptor open.</summary>
[Collection(nameof(WholeProcess))]
public sealed class OpenedDescriptorTests
{
    [Fact]
    public void MapThatDoesNotMatch_IsClosed()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap other = TestMaps.Create(BpfMapType.Array, name: "other");
        other.Pin(pins["other"]);
        int before = OpenDescriptors.CountMaps();
        Assert.Throws<BpfMapMismatchException>(() => FlowsMap.OpenPinned(pins["other"]));
        Assert.Throws<BpfMapMismatchException>(() => FlowsMap.OpenById(other.Info.Id));
        Assert.Throws<BpfMapMismatchException>(() => FlowsMap.OpenOrCreatePinned(pins["other"]));
        Assert.Throws<BpfMapMismatchException>(() => FlowsMap.FromFileDescriptor((int)other.Handle.DangerousGetHandle()));
        Assert.Equal(before, OpenDescriptors.CountMaps());
    }

    [Fact]
    public void OpenOrCreatePinned_FailsIfTheExistingPathCannotBeOpened()
    {
        using PinDirectory pins = Require.BpfFs();
        int before = OpenDescriptors.CountMaps();
        File.CreateSymbolicLink(pins["dangling"], pins["nothing"]);
        Assert.Equal("EEXIST", Assert.ThrowsAny<BpfException>(() => FlowsMap.OpenOrCreatePinned(pins["dangling"])).ErrnoName);
        Assert.Equal(before, OpenDescriptors.CountMaps());
    }

    [Fact]
    public void OpenOrCreatePinned_WhereNoPinCanBe_LeavesNoMap()
    {
        using PinDirectory pins = Require.BpfFs();
        int before = OpenDescriptors.CountMaps();
        Assert.Equal("ENOENT", Assert.ThrowsAny<BpfException>(() => FlowsMap.OpenOrCreatePinned(pins["missing/flows"])).ErrnoName);
        Assert.Equal("EPERM", Assert.ThrowsAny<BpfException>(() => FlowsMap.OpenOrCreatePinned($"{Path.GetTempPath()}flows")).ErrnoName);
        Assert.Equal(before, OpenDescriptors.CountMaps());
    }
}
