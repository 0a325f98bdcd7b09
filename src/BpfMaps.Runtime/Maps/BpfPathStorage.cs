using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What local storages have in common whose owners have paths: files and control groups.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/>
/// What takes a path opens it as a name only (O_PATH) and closes it again, one more system call each: to read the value of one owner often, keep a descriptor.
/// </remarks>
public abstract class BpfPathStorage<TValue> : BpfLocalStorage<TValue>
    where TValue : unmanaged
{
    private protected BpfPathStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Copies the value of what is at a path out of the map (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="path">The path. A link stands for what it leads to.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if it has no value here.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory on the way may not be searched.</exception>
    /// <exception cref="BpfException">What is there is no such owner (EBADF).</exception>
    public bool TryGetValue(string path, out TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryGetValue(owner, out value);
    }

    /// <summary>Whether what is at a path has a value here. Costs as much as reading it.</summary>
    /// <returns><see langword="false"/> if it has no value here.</returns>
    /// <inheritdoc cref="TryGetValue(string, out TValue)"/>
    public bool ContainsKey(string path) => TryGetValue(path, out _);

    /// <summary>Adds or replaces the value of what is at a path (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="path">The path. A link stands for what it leads to.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory on the way may not be searched.</exception>
    /// <exception cref="BpfException">What is there is no such owner (EBADF).</exception>
    public void Set(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        Set(owner, in value);
    }

    /// <summary>Adds the value of what is at a path and has none yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if it has a value already, which is left as it is.</returns>
    /// <inheritdoc cref="Set(string, in TValue)"/>
    public bool TryAdd(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryAdd(owner, in value);
    }

    /// <summary>Replaces the value of what is at a path and has one (BPF_EXIST).</summary>
    /// <returns><see langword="false"/> if it has no value here; nothing is added.</returns>
    /// <inheritdoc cref="Set(string, in TValue)"/>
    public bool TryUpdate(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryUpdate(owner, in value);
    }

    /// <summary>Removes the value of what is at a path, which itself stays (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="path">The path. A link stands for what it leads to.</param>
    /// <returns><see langword="false"/> if it has no value here.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory on the way may not be searched.</exception>
    /// <exception cref="BpfException">What is there is no such owner (EBADF).</exception>
    public bool Remove(string path)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return Remove(owner);
    }
}
