using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array of control groups that programs ask whether a task or a packet belongs to one, with <c>bpf_current_task_under_cgroup</c> and <c>bpf_skb_under_cgroup</c> (BPF_MAP_TYPE_CGROUP_ARRAY, Linux 4.8).</summary>
/// <remarks>The kernel tells no process what is in a slot, so there is nothing to look up or to walk over. A slot keeps its control group, also when the directory is removed.</remarks>
[SkipLocalsInit]
public abstract class BpfCgroupArray : BpfSlotArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgroupArray];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfCgroupArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Puts a control group into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="path">The group's directory, below a mount of cgroup2 (usually /sys/fs/cgroup).</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="BpfException">It is not the directory of a control group of version 2 (EBADF).</exception>
    public void Set(int index, string path)
    {
        _ = KeyOf(in index);
        using SafeHandle directory = KernelObjects.OpenPath(path);
        Put(index, directory);
    }

    /// <summary>Puts a control group into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="directory">A descriptor of the group's directory; it stays the caller's and may be closed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">It is not the directory of a control group of version 2 (EBADF).</exception>
    public void Set(int index, SafeHandle directory) => Put(index, directory);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.8).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot is empty already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(int index) => Empty(index);
}
