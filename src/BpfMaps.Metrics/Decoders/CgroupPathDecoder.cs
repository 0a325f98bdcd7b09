namespace BpfMaps;

/// <summary>
/// Decodes cgroup ids from <c>bpf_get_current_cgroup_id</c> to paths in the cgroup v2 hierarchy:
/// <c>/system.slice/ssh.service</c>.
/// </summary>
/// <remarks>Requires CAP_DAC_READ_SEARCH and a mounted cgroup v2 file system. Ids of removed cgroups are written as numbers.</remarks>
public sealed class CgroupPathDecoder : IBpfLabelDecoder<ulong>
{
    /// <inheritdoc/>
    public string? Decode(ulong value) => ControlGroups.PathOf(value);
}
