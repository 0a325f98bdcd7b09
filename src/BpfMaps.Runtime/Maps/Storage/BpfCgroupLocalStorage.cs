using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of cgroups, created by any program or process for any cgroup (BPF_MAP_TYPE_CGRP_STORAGE, Linux 6.2). Programs use
/// <c>bpf_cgrp_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TOwner, TValue}" path="/remarks"/>
/// The path is the directory of the cgroup (usually below /sys/fs/cgroup). A value is removed with its cgroup. The older storages, whose
/// values are created by attaching a program, are <see cref="BpfAttachedCgroupStorage{TKey, TValue}"/>.
/// </remarks>
public abstract class BpfCgroupLocalStorage<TValue> : BpfLocalStorage<string, TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgrpStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">
    /// The size of the values differs from that of the map, or its keys are not descriptors.
    /// </exception>
    protected BpfCgroupLocalStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected sealed override OpenedOwner Open(string owner) => new(KernelObjects.OpenPath(owner));
}
