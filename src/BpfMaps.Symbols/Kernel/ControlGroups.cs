using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The control groups of the cgroup v2 hierarchy.</summary>
public static class ControlGroups
{
    private static readonly Lazy<string?> s_root = new(Cgroups.MountPoint);

    /// <summary>
    /// Gets the path of a control group below the root of the hierarchy: <c>/system.slice/ssh.service</c>, <c>/</c> for the root.
    /// </summary>
    /// <param name="id">The id, as <c>bpf_get_current_cgroup_id</c> returns it.</param>
    /// <returns>
    /// <see langword="null"/> if the group has been removed, no cgroup v2 file system is mounted, or the process lacks
    /// CAP_DAC_READ_SEARCH.
    /// </returns>
    public static string? PathOf(ulong id)
    {
        if (s_root.Value is not { } root || Cgroups.FindPath(root, id) is not { } path)
            return null;
        string below = path[root.Length..];
        return below.Length == 0 ? "/" : below;
    }
}
