using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The object that an iterator walks over, for iterators that need or accept one.</summary>
public sealed class BpfIteratorTarget
{
    private const uint DescendantsPreOrder = 2;
    private const uint FullSize = 16;

    private readonly SafeHandle? _map;
    private readonly string? _cgroup;
    private readonly int _process;

    private BpfIteratorTarget(SafeHandle? map, string? cgroup, int process) => (_map, _cgroup, _process) = (map, cgroup, process);

    /// <summary>The elements of a map, for <c>iter/bpf_map_elem</c> and <c>iter/bpf_sk_storage_map</c> (Linux 5.9).</summary>
    /// <param name="map">The map, which must be open when the iterator is created.</param>
    public static BpfIteratorTarget Map(RawMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map.Handle, cgroup: null, process: 0);
    }

    /// <inheritdoc cref="Map(RawMap)"/>
    public static BpfIteratorTarget Map(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Map(map.Raw);
    }

    /// <summary>The threads of a process, for <c>iter/task</c>, <c>iter/task_file</c> and <c>iter/task_vma</c> (Linux 6.1).</summary>
    /// <param name="processId">The id of the process.</param>
    public static BpfIteratorTarget Process(int processId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(processId);
        return new(map: null, cgroup: null, processId);
    }

    /// <summary>A control group and all groups below it, for <c>iter/cgroup</c> (Linux 6.1).</summary>
    /// <param name="path">The directory of the control group.</param>
    public static BpfIteratorTarget Cgroup(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(map: null, path, process: 0);
    }

    /// <summary>Creates the link of an iterator over the target.</summary>
    /// <returns>0, or the error number.</returns>
    /// <exception cref="BpfObjectException">The control group cannot be opened.</exception>
    internal int CreateLink(int program, out OwnedDescriptor? link)
    {
        if (_map is not null)
        {
            link = null;
            using HeldDescriptor map = new(_map);
            return map.IsDisposed
                ? Errno.EBADF
                : KernelCall.CreateIteratorLink(
                    program,
                    new IteratorTarget { First = (uint)map.Descriptor },
                    IteratorTarget.MapSize,
                    out link
                );
        }
        if (_cgroup is null)
            return KernelCall.CreateIteratorLink(program, new IteratorTarget { Second = (uint)_process }, FullSize, out link);
        using OwnedDescriptor directory = Descriptors.Open(_cgroup, "the control group");
        IteratorTarget target = new() { First = DescendantsPreOrder, Second = (uint)directory.Number };
        return KernelCall.CreateIteratorLink(program, target, FullSize, out link);
    }
}
