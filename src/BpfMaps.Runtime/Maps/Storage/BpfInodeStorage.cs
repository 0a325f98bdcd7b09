using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of inodes: files, directories, pipes, sockets (BPF_MAP_TYPE_INODE_STORAGE, Linux 5.10). Programs use
/// <c>bpf_inode_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TOwner, TValue}" path="/remarks"/>
/// All names and descriptors of a file share one value. It is removed when the kernel frees the inode: when the file is deleted and closed,
/// or earlier if the file is not in use and memory is low. Keep a descriptor open to keep the value.
/// </remarks>
public abstract class BpfInodeStorage<TValue> : BpfLocalStorage<string, TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.InodeStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">
    /// The size of the values differs from that of the map, or its keys are not descriptors.
    /// </exception>
    protected BpfInodeStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected sealed override OpenedOwner Open(string owner) => new(KernelObjects.OpenPath(owner));
}
