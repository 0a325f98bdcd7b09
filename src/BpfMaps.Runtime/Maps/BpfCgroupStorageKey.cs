using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The key of a control group's storage that each attach type has for itself (<c>struct bpf_cgroup_storage_key</c>).</summary>
/// <remarks>A map whose key is the number alone, a <see cref="ulong"/>, has one value for all attach types (Linux 5.9).</remarks>
[StructLayout(LayoutKind.Sequential)]
public struct BpfCgroupStorageKey : IEquatable<BpfCgroupStorageKey>
{
    /// <summary>The number of the control group, as <see cref="GetCgroupId"/> tells it.</summary>
    public ulong CgroupId;

    /// <summary>How the program is attached (<c>enum bpf_attach_type</c>): 0 for BPF_CGROUP_INET_INGRESS, 1 for BPF_CGROUP_INET_EGRESS, and so on.</summary>
    public uint AttachType;

    /// <summary>Makes the key of a control group and an attach type.</summary>
    /// <param name="cgroupId">The number of the control group.</param>
    /// <param name="attachType">How the program is attached (<c>enum bpf_attach_type</c>).</param>
    public BpfCgroupStorageKey(ulong cgroupId, uint attachType) => (CgroupId, AttachType) = (cgroupId, attachType);

    /// <summary>The number of a control group: that of its directory's inode, which is also what <c>bpf_get_current_cgroup_id</c> gives to programs.</summary>
    /// <param name="path">The group's directory, below a mount of cgroup2 (usually /sys/fs/cgroup).</param>
    /// <returns>The number; no other control group has it while this one lives.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="BpfException">The kernel refused (statx, Linux 4.11).</exception>
    public static ulong GetCgroupId(string path) => KernelObjects.InodeNumber(path);

    /// <summary>Whether two keys are the same.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other one.</param>
    public static bool operator ==(BpfCgroupStorageKey left, BpfCgroupStorageKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other one.</param>
    public static bool operator !=(BpfCgroupStorageKey left, BpfCgroupStorageKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(BpfCgroupStorageKey other) => CgroupId == other.CgroupId && AttachType == other.AttachType;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is BpfCgroupStorageKey other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(CgroupId, AttachType);

    /// <summary>The number and the attach type, for messages.</summary>
    public override readonly string ToString() => $"control group {CgroupId}, attach type {AttachType}";
}
