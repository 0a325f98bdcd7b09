namespace BpfMaps;

/// <summary>A first-in first-out queue without keys (BPF_MAP_TYPE_QUEUE, Linux 4.20).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Every operation is one system call and allocates nothing.</remarks>
public abstract class BpfQueueMap<T> : BpfPushPopMap<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Queue];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the type is not that of the map.</exception>
    protected BpfQueueMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }
}

/// <summary>A last-in first-out stack without keys (BPF_MAP_TYPE_STACK, Linux 4.20).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Every operation is one system call and allocates nothing.</remarks>
public abstract class BpfStackMap<T> : BpfPushPopMap<T>
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Stack];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the type is not that of the map.</exception>
    protected BpfStackMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }
}
