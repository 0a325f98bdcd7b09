using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of local storages whose owners have names of a type: sockets, paths, or the ids of tasks.</summary>
/// <typeparam name="TOwner">
/// The type that names an owner: a <see cref="System.Net.Sockets.Socket"/>, the path of a file or cgroup, or the id of a task.
/// </typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks><inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/></remarks>
public abstract class BpfLocalStorage<TOwner, TValue> : BpfLocalStorage<TValue>
    where TOwner : notnull
    where TValue : unmanaged
{
    private protected BpfLocalStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Copies the value of an owner (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="owner">
    /// The owner. A path is opened (O_PATH, following symbolic links) and a task id is opened as a pidfd, with two more system calls.
    /// </param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the owner has no value in the map, or is a task that has ended.</returns>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The task id is not positive.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">The owner is not of the kind that the map type requires (EBADF, ENOTSOCK).</exception>
    public bool TryGetValue(TOwner owner, out TValue value)
    {
        value = default;
        using OpenedOwner opened = Open(owner);
        return opened.Handle is not null && TryGetValue(opened.Handle, out value);
    }

    /// <summary>Returns whether an owner has a value. Costs as much as reading the value.</summary>
    /// <returns><see langword="false"/> if the owner has no value in the map, or is a task that has ended.</returns>
    /// <inheritdoc cref="TryGetValue(TOwner, out TValue)"/>
    public bool ContainsKey(TOwner owner) => TryGetValue(owner, out _);

    /// <summary>Adds or replaces the value of an owner (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="owner">
    /// The owner. A path is opened (O_PATH, following symbolic links) and a task id is opened as a pidfd, with two more system calls.
    /// </param>
    /// <param name="value">The value.</param>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The task id is not positive.</exception>
    /// <exception cref="ArgumentException">The task does not exist.</exception>
    /// <exception cref="ObjectDisposedException">The socket or the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// The owner is not of the kind that the map type requires (EBADF, ENOTSOCK), or its option memory is exhausted (ENOMEM).
    /// </exception>
    public void Set(TOwner owner, in TValue value)
    {
        using OpenedOwner opened = Open(owner);
        Set(opened.Handle ?? throw NoOwner(owner), in value);
    }

    /// <summary>Adds the value of an owner without a value (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the owner already has a value; nothing was written.</returns>
    /// <inheritdoc cref="Set(TOwner, in TValue)"/>
    public bool TryAdd(TOwner owner, in TValue value)
    {
        using OpenedOwner opened = Open(owner);
        return TryAdd(opened.Handle ?? throw NoOwner(owner), in value);
    }

    /// <summary>Replaces the value of an owner (BPF_EXIST).</summary>
    /// <param name="owner">The owner; see <see cref="Set(TOwner, in TValue)"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the owner has no value in the map, or is a task that has ended; nothing was written.</returns>
    /// <inheritdoc cref="TryGetValue(TOwner, out TValue)" path="/*[not(self::param)]"/>
    public bool TryUpdate(TOwner owner, in TValue value)
    {
        using OpenedOwner opened = Open(owner);
        return opened.Handle is not null && TryUpdate(opened.Handle, in value);
    }

    /// <summary>Removes the value of an owner (BPF_MAP_DELETE_ELEM). The owner itself stays.</summary>
    /// <param name="owner">The owner; see <see cref="Set(TOwner, in TValue)"/>.</param>
    /// <returns><see langword="false"/> if the owner has no value in the map, or is a task that has ended.</returns>
    /// <inheritdoc cref="TryGetValue(TOwner, out TValue)" path="/*[not(self::param)]"/>
    public bool Remove(TOwner owner)
    {
        using OpenedOwner opened = Open(owner);
        return opened.Handle is not null && Remove(opened.Handle);
    }

    /// <summary>Opens a descriptor of an owner.</summary>
    /// <param name="owner">The owner.</param>
    /// <returns>The descriptor; without a handle if the owner no longer exists.</returns>
    private protected abstract OpenedOwner Open(TOwner owner);

    private ArgumentException NoOwner(TOwner owner) => new($"Map {Raw}: no process or thread has the id {owner}.", nameof(owner));
}
