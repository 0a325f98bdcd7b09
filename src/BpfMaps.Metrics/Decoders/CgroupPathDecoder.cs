using BpfMaps.Metrics.Interop;

namespace BpfMaps;

/// <summary>
/// Turns ids of control groups, as <c>bpf_get_current_cgroup_id</c> returns them, into paths below the version 2 hierarchy:
/// <c>/system.slice/ssh.service</c>.
/// </summary>
/// <remarks>Needs CAP_DAC_READ_SEARCH, and /sys/fs/cgroup mounted. Groups that are gone have no path and stay numbers.</remarks>
public sealed class CgroupPathDecoder : IBpfLabelDecoder<ulong>
{
    private readonly string? _root = File.ReadLines("/proc/self/mounts").Select(static line => line.Split(' ')).FirstOrDefault(static fields => fields.Length > 2 && fields[2] == "cgroup2")?[1];

    /// <inheritdoc/>
    public string? Decode(ulong value)
    {
        if (_root is null || Libc.CgroupPath(_root, value) is not { } path || !path.StartsWith(_root, StringComparison.Ordinal))
            return null;
        string below = path[_root.Length..];
        return below.Length == 0 ? "/" : below;
    }
}
