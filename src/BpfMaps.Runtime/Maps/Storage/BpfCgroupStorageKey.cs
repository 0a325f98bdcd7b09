using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The key of a cgroup storage with one value per attach type (<c>struct bpf_cgroup_storage_key</c>).</summary>
/// <remarks>A map whose key is only the id, a <see cref="ulong"/>, has one value for all attach types (Linux 5.9).</remarks>
[StructLayout(LayoutKind.Sequential)]
[DebuggerDisplay("cgroup {CgroupId}, attach type {AttachType}")]
public struct BpfCgroupStorageKey : IEquatable<BpfCgroupStorageKey>
{
    /// <summary>The id of the cgroup, see <see cref="GetCgroupId"/>.</summary>
    public ulong CgroupId;

    /// <summary>
    /// The attach type of the program (<c>enum bpf_attach_type</c>): 0 for BPF_CGROUP_INET_INGRESS, 1 for BPF_CGROUP_INET_EGRESS, and so
    /// on.
    /// </summary>
    public uint AttachType;

    /// <summary>Initializes the key of a cgroup and an attach type.</summary>
    /// <param name="cgroupId">The id of the cgroup.</param>
    /// <param name="attachType">The attach type of the program (<c>enum bpf_attach_type</c>).</param>
    public BpfCgroupStorageKey(ulong cgroupId, uint attachType) => (CgroupId, AttachType) = (cgroupId, attachType);

    /// <summary>
    /// Gets the id of a cgroup: the inode number of its directory, which <c>bpf_get_current_cgroup_id</c> returns to programs.
    /// </summary>
    /// <param name="path">The directory of the cgroup, in a cgroup2 file system (usually /sys/fs/cgroup).</param>
    /// <returns>The id, unique as long as the cgroup exists.</returns>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="BpfException">The kernel returned an error (statx, Linux 4.11).</exception>
    public static ulong GetCgroupId(string path) => KernelObjects.InodeNumber(path);

    /// <summary>Returns whether two keys are equal.</summary>
    /// <param name="left">The first key.</param>
    /// <param name="right">The second key.</param>
    public static bool operator ==(BpfCgroupStorageKey left, BpfCgroupStorageKey right) => left.Equals(right);

    /// <summary>Returns whether two keys differ.</summary>
    /// <param name="left">The first key.</param>
    /// <param name="right">The second key.</param>
    public static bool operator !=(BpfCgroupStorageKey left, BpfCgroupStorageKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(BpfCgroupStorageKey other) => CgroupId == other.CgroupId && AttachType == other.AttachType;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is BpfCgroupStorageKey other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(CgroupId, AttachType);
}
