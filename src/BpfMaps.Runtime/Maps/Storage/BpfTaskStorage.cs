using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of tasks: threads, and processes through their first thread (BPF_MAP_TYPE_TASK_STORAGE, Linux 5.11). Programs use
/// <c>bpf_task_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/>
/// The descriptor is a pidfd. Methods with an id open and close one, which
/// takes two more system calls. To read the value of one task often, keep a pidfd. The current task of a program is the running thread.
/// </remarks>
public abstract class BpfTaskStorage<TValue> : BpfLocalStorage<TValue>
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

    /// <summary>Copies the value of a task (pidfd_open, BPF_MAP_LOOKUP_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, for its first thread, or the id of another thread (Linux 6.9).</param>
    /// <param name="value">The value; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if the task has no value in the map, or has ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(int taskId, out TValue value)
    {
        value = default;
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && TryGetValue(task, out value);
    }

    /// <summary>Returns whether a task has a value. Costs as much as reading the value.</summary>
    /// <returns><see langword="false"/> if the task has no value in the map, or has ended.</returns>
    /// <inheritdoc cref="TryGetValue(int, out TValue)"/>
    public bool ContainsKey(int taskId) => TryGetValue(taskId, out _);

    /// <summary>Adds or replaces the value of a task (pidfd_open, BPF_MAP_UPDATE_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, for its first thread, or the id of another thread (Linux 6.9).</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="ArgumentException">The task does not exist.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Set(int taskId, in TValue value)
    {
        using SafeHandle task = Existing(taskId);
        Set(task, in value);
    }

    /// <summary>Adds the value of a task without a value (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the task already has a value; nothing was written.</returns>
    /// <inheritdoc cref="Set(int, in TValue)"/>
    public bool TryAdd(int taskId, in TValue value)
    {
        using SafeHandle task = Existing(taskId);
        return TryAdd(task, in value);
    }

    /// <summary>Replaces the value of a task (BPF_EXIST).</summary>
    /// <param name="taskId">The id of a process, for its first thread, or the id of another thread (Linux 6.9).</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the task has no value in the map, or has ended; nothing was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryUpdate(int taskId, in TValue value)
    {
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && TryUpdate(task, in value);
    }

    /// <summary>Removes the value of a task (pidfd_open, BPF_MAP_DELETE_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, for its first thread, or the id of another thread (Linux 6.9).</param>
    /// <returns><see langword="false"/> if the task has no value in the map, or has ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int taskId)
    {
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && Remove(task);
    }

    private SafeHandle Existing(int taskId) =>
        KernelObjects.OpenTask(taskId)
        ?? throw new ArgumentException($"Map {Raw}: no process or thread has the id {taskId}.", nameof(taskId));
}
