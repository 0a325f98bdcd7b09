using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of tasks: threads, and processes through their first thread (BPF_MAP_TYPE_TASK_STORAGE, Linux 5.11). Programs use
/// <c>bpf_task_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TOwner, TValue}" path="/remarks"/>
/// The descriptor is a pidfd. Methods with an id open and close one, which takes two more system calls. To read the value of one task
/// often, keep a pidfd. The current task of a program is the running thread.
/// </remarks>
public abstract class BpfTaskStorage<TValue> : BpfLocalStorage<int, TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.TaskStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">
    /// The size of the values differs from that of the map, or its keys are not descriptors.
    /// </exception>
    protected BpfTaskStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected sealed override OpenedOwner Open(int owner) => new(KernelObjects.OpenTask(owner));
}
