namespace BpfMaps;

/// <summary>The keys that a map type has.</summary>
internal enum MapKeyRule
{
    /// <summary>No keys: <c>key_size</c> is 0.</summary>
    None,

    /// <summary>Keys of any type.</summary>
    Any,

    /// <summary>The number of a slot or an entry, in 4 bytes.</summary>
    Index,

    /// <summary>The length of a prefix in 4 bytes, and its data.</summary>
    Prefix,

    /// <summary>A cgroup and an attach type in 16 bytes, or only a cgroup in 8 bytes.</summary>
    CgroupStorage,

    /// <summary>The number of a CPU in 4 bytes, which is not declared.</summary>
    Cpu,

    /// <summary>The file descriptor of the owner of a value, in 4 bytes, which is not declared.</summary>
    Owner,
}
