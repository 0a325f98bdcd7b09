namespace BpfMaps.Tests;

public sealed class BpfCgroupArrayTests
{
    public BpfCgroupArrayTests() => Require.Kernel();

    [Fact]
    public void Slot_AcceptsADirectoryAndIsCleared()
    {
        using GroupsMap groups = GroupsMap.Create();
        using Microsoft.Win32.SafeHandles.SafeFileHandle root = TestLibc.OpenCgroupRoot();
        Assert.False(groups.Remove(1));
        groups.Set(1, root);
        groups.Set(1, root);
        Assert.True(groups.Remove(1));
        Assert.False(groups.Remove(1));
        groups.Set(0, root);
        groups.Clear();
        Assert.False(groups.Remove(0));
    }

    [Fact]
    public void Directory_IsOpenedByPath()
    {
        using GroupsMap groups = GroupsMap.Create();
        groups.Set(3, Require.Cgroup2());
        Assert.True(groups.Remove(3));
    }

    [Fact]
    public void OtherDirectory_IsRejectedWithTheReason()
    {
        using GroupsMap groups = GroupsMap.Create();
        using Microsoft.Win32.SafeHandles.SafeFileHandle root = TestLibc.OpenCgroupRoot();
        BpfException refusal = Assert.Throws<BpfException>(() => groups.Set(0, "/tmp"));
        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains("not one of the directory of a cgroup (version 2)", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => groups.Set(0, "/sys/fs/cgroup/there is no such group"));
        Assert.Throws<ArgumentException>(() => groups.Set(0, ""));
        Assert.Throws<ArgumentException>(() => groups.Set(0, "/tmp\0/x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.Set(4, root));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.Set(-1, "/tmp"));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.Set(4, "/sys/fs/cgroup/there is no such group"));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.Remove(4));
    }
}
