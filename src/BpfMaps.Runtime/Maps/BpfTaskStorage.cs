using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Values that belong to tasks: threads, and processes by their first one (BPF_MAP_TYPE_TASK_STORAGE, Linux 5.11). Programs get at them with <c>bpf_task_storage_get</c>.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/>
/// The descriptor is a pidfd. What takes an id opens one and closes it again, one more system call each: to read the value of one task often, keep a pidfd.
/// A program that asks for the current task sees the thread that runs.
/// </remarks>
public abstract class BpfTaskStorage<TValue> : BpfLocalStorage<TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.TaskStorage];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the values is not that of the map, or its keys are no descriptors.</exception>
    protected BpfTaskStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Copies the value of a task out of the map (pidfd_open, BPF_MAP_LOOKUP_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, which stands for its first thread, or of another thread (Linux 6.9).</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the task has no value here, or there is no such task any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetValue(int taskId, out TValue value)
    {
        value = default;
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && TryGetValue(task, out value);
    }

    /// <summary>Whether a task has a value here. Costs as much as reading it.</summary>
    /// <returns><see langword="false"/> if the task has no value here, or there is no such task any more.</returns>
    /// <inheritdoc cref="TryGetValue(int, out TValue)"/>
    public bool ContainsKey(int taskId) => TryGetValue(taskId, out _);

    /// <summary>Adds or replaces the value of a task (pidfd_open, BPF_MAP_UPDATE_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, which stands for its first thread, or of another thread (Linux 6.9).</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="ArgumentException">There is no such task, or no more.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Set(int taskId, in TValue value)
    {
        using SafeHandle task = Existing(taskId);
        Set(task, in value);
    }

    /// <summary>Adds the value of a task that has none yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the task has a value already; it is left as it is.</returns>
    /// <inheritdoc cref="Set(int, in TValue)"/>
    public bool TryAdd(int taskId, in TValue value)
    {
        using SafeHandle task = Existing(taskId);
        return TryAdd(task, in value);
    }

    /// <summary>Replaces the value of a task that has one (BPF_EXIST).</summary>
    /// <param name="taskId">The id of a process, which stands for its first thread, or of another thread (Linux 6.9).</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the task has no value here, or there is no such task any more; nothing is added.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryUpdate(int taskId, in TValue value)
    {
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && TryUpdate(task, in value);
    }

    /// <summary>Removes the value of a task; the task itself stays (pidfd_open, BPF_MAP_DELETE_ELEM, Linux 5.11).</summary>
    /// <param name="taskId">The id of a process, which stands for its first thread, or of another thread (Linux 6.9).</param>
    /// <returns><see langword="false"/> if the task has no value here, or there is no such task any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(int taskId)
    {
        using SafeHandle? task = KernelObjects.OpenTask(taskId);
        return task is not null && Remove(task);
    }

    private SafeHandle Existing(int taskId) =>
        KernelObjects.OpenTask(taskId) ?? throw new ArgumentException($"Map {Raw}: no process and no thread with the id {taskId} is running, so it gets no value.", nameof(taskId));
}
