namespace BpfMaps.Tests;

public sealed class ControlGroupsTests
{
    [Fact]
    public void Ids_HavePaths()
    {
        string root = Require.Cgroup2();
        Require.Root();
        string name = $"bpfmaps_{Environment.ProcessId}_{Guid.NewGuid():N}",
            group = Path.Combine(root, name, "inner");
        Directory.CreateDirectory(group);
        ulong id = BpfCgroupStorageKey.GetCgroupId(group);
        try
        {
            Assert.Equal("/", ControlGroups.PathOf(BpfCgroupStorageKey.GetCgroupId(root)));
            Assert.Equal($"/{name}/inner", ControlGroups.PathOf(id));
        }
        finally
        {
            Directory.Delete(group);
            Directory.Delete(Path.GetDirectoryName(group)!);
        }
        Assert.Null(ControlGroups.PathOf(id));
        Assert.Null(ControlGroups.PathOf(ulong.MaxValue));
    }
}
