namespace BpfMaps.Tests;

/// <summary>Tests of pin errors caused by the file system. Other files must not be changed.</summary>
public sealed class PinErrorTests
{
    [Fact]
    public void ExistingPin_IsReported()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        AssertRefused<BpfException>(Errno.EEXIST, $"'{pins["m"]}' already exists", () => map.Pin(pins["m"]));
    }

    [Fact]
    public void DirectoryOutsideBpfFs_IsReported()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string directory = Path.GetTempPath().TrimEnd('/');
        AssertRefused<BpfPermissionException>(
            Errno.EPERM,
            $"'{directory}' is not in a BPF file system, which pins require: use a path below /sys/fs/bpf.",
            () => map.Pin($"{directory}/bpfmaps_nowhere")
        );
    }

    [Fact]
    public void MissingDirectory_IsReported()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        AssertRefused<BpfException>(
            Errno.ENOENT,
            $"The directory '{pins["none"]}' does not exist: create it first.",
            () => map.Pin($"{pins["none"]}/m")
        );
        AssertRefused<BpfException>(
            Errno.ENOENT,
            $"Nothing is pinned at '{pins["none"]}/m'. The process that pins it may not be running, or pins it elsewhere.",
            () => RawMap.OpenPinned($"{pins["none"]}/m")
        );
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData(".hidden")]
    public void DotInTheName_IsReported(string name)
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        AssertRefused<BpfPermissionException>(Errno.EPERM, $"The file name '{name}' contains a '.'", () => map.Pin(pins[name]));
        Assert.Null(map.PinPath);
    }

    [Fact]
    public void MissingPin_IsReported()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        AssertRefused<BpfException>(Errno.ENOENT, $"Nothing is pinned at '{pins["none"]}'.", () => RawMap.OpenPinned(pins["none"]));
        AssertRefused<BpfException>(Errno.ENOENT, $"Nothing is pinned at '{pins["none"]}'.", () => map.Unpin(pins["none"]));
    }

    [Fact]
    public void RemovedPin_IsReportedByUnpin()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        File.Delete(pins["m"]);
        AssertRefused<BpfException>(Errno.ENOENT, $"Nothing is pinned at '{pins["m"]}'.", map.Unpin);
    }

    [Fact]
    public void FileOfAnotherFileSystem_IsNeverRemovedByUnpin()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string file = Path.GetTempFileName();
        AssertRefused<BpfPermissionException>(Errno.EPERM, "is not in a BPF file system", () => map.Unpin(file));
        Assert.True(File.Exists(file), "The file was deleted.");
        File.Delete(file);
    }

    [Fact]
    public void SymbolicLinkToAPin_IsNeverRemovedByUnpin()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        string link = Path.Combine(Path.GetTempPath(), $"bpfmaps_link_{Guid.NewGuid():N}");
        File.CreateSymbolicLink(link, pins["m"]);
        AssertRefused<BpfPermissionException>(Errno.EPERM, "is not in a BPF file system", () => map.Unpin(link));
        Assert.True(new FileInfo(link).LinkTarget is not null, "The link was deleted.");
        File.Delete(link);
    }

    [Fact]
    public void FileThatIsNotAPin_IsNotOpened()
    {
        using PinDirectory pins = Require.BpfFs();
        string file = Path.GetTempFileName();
        BpfException refusal = Assert.ThrowsAny<BpfException>(() => RawMap.OpenPinned(file));
        Assert.Contains("is not in a BPF file system", refusal.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void MissingBpfFs_FailsWithTheMountCommand()
    {
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        OwnThread.RunWithoutMount(
            "/sys/fs/bpf",
            () =>
            {
                using RawMap map = TestMaps.Create(BpfMapType.Hash);
                BpfException refusal = Assert.ThrowsAny<BpfException>(() => map.Pin("/sys/fs/bpf/m")); // sysfs below it fails with ENOENT
                Assert.Contains(
                    "none is mounted at /sys/fs/bpf, mount one with 'mount -t bpf bpf /sys/fs/bpf'.",
                    refusal.Message,
                    StringComparison.Ordinal
                );

                BpfException missing = Assert.ThrowsAny<BpfException>(() => RawMap.OpenPinned(pins["m"]));
                Assert.Contains(
                    "no BPF file system is mounted at /sys/fs/bpf: mount one with 'mount -t bpf bpf /sys/fs/bpf'.",
                    missing.Message,
                    StringComparison.Ordinal
                );
            }
        );
    }

    private static void AssertRefused<T>(int errno, string reason, Action operation)
        where T : BpfException
    {
        T refusal = Assert.Throws<T>(operation);
        Assert.Equal(Errno.Name(errno), refusal.ErrnoName);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
