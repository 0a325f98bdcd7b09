namespace BpfMaps;

/// <summary>Values that belong to control groups (BPF_MAP_TYPE_CGRP_STORAGE, Linux 6.2). Programs get at them with <c>bpf_cgrp_storage_get</c>.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfPathStorage{TValue}" path="/remarks"/>
/// The path is the group's directory (usually below /sys/fs/cgroup). A value goes with its group.
/// </remarks>
public abstract class BpfCgrpStorage<TValue> : BpfPathStorage<TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgrpStorage];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the values is not that of the map, or its keys are no descriptors.</exception>
#pragma warning disable RS0022 // The common base is not for deriving from; this class is.
    protected BpfCgrpStorage(RawMap raw, BpfMapSchema schema)
#pragma warning restore RS0022
        : base(raw, schema)
    {
    }
}
