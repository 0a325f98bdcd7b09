namespace BpfMaps;

/// <summary>The privilege that creating maps of a type requires if kernel.unprivileged_bpf_disabled is 0.</summary>
internal enum MapPrivilege
{
    /// <summary>CAP_BPF.</summary>
    Bpf,

    /// <summary>CAP_NET_ADMIN.</summary>
    NetAdmin,

    /// <summary>No capability.</summary>
    None,
}
