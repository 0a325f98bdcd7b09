using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Values that belong to inodes: files, directories, pipes, sockets (BPF_MAP_TYPE_INODE_STORAGE, Linux 5.10). Programs get at them with <c>bpf_inode_storage_get</c>.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfPathStorage{TValue}" path="/remarks"/>
/// All names and descriptors of a file have one value. It goes when the kernel forgets the inode: at the latest when the file is deleted and closed, and earlier when nothing
/// uses the file and memory is short. Keep a descriptor open where the value has to stay.
/// </remarks>
public abstract class BpfInodeStorage<TValue> : BpfPathStorage<TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.InodeStorage];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the values is not that of the map, or its keys are no descriptors.</exception>
    protected BpfInodeStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }
}
