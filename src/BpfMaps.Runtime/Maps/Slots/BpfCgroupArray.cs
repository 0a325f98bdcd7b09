using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of cgroups. Programs test with <c>bpf_current_task_under_cgroup</c> and <c>bpf_skb_under_cgroup</c> whether a task or packet
/// belongs to one (BPF_MAP_TYPE_CGROUP_ARRAY, Linux 4.8).
/// </summary>
/// <remarks>The kernel does not support reading slots. A slot keeps its cgroup alive even if its directory is removed.</remarks>
[SkipLocalsInit]
public abstract class BpfCgroupArray : BpfSlotArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgroupArray];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfCgroupArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the cgroup of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="path">The directory of the cgroup, in a cgroup2 file system (usually /sys/fs/cgroup).</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="BpfException">It is not the directory of a cgroup of version 2 (EBADF).</exception>
    public void Set(int index, string path)
    {
        _ = KeyOf(in index);
        using SafeHandle directory = KernelObjects.OpenPath(path);
        Put(index, directory);
    }

    /// <summary>Sets the cgroup of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="directory">A descriptor of the directory of the cgroup. The caller keeps it and may close it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">It is not the directory of a cgroup of version 2 (EBADF).</exception>
    public void Set(int index, SafeHandle directory) => Put(index, directory);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot was already empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int index) => Empty(index);
}
