using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of local storages whose owners have paths: files and cgroups.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TValue}" path="/remarks"/>
/// Methods with a path open and close it (O_PATH), which takes two more system
/// calls. To read the value of one owner often, keep a descriptor.
/// </remarks>
public abstract class BpfPathStorage<TValue> : BpfLocalStorage<TValue>
    where TValue : unmanaged
{
    private protected BpfPathStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Copies the value of the owner at a path (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="path">The path. Symbolic links are followed.</param>
    /// <param name="value">The value; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if it has no value in the map.</returns>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="BpfException">The path is not one of such an owner (EBADF).</exception>
    public bool TryGetValue(string path, out TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryGetValue(owner, out value);
    }

    /// <summary>Returns whether the owner at a path has a value. Costs as much as reading the value.</summary>
    /// <returns><see langword="false"/> if it has no value in the map.</returns>
    /// <inheritdoc cref="TryGetValue(string, out TValue)"/>
    public bool ContainsKey(string path) => TryGetValue(path, out _);

    /// <summary>Adds or replaces the value of what is at a path (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="path">The path. Symbolic links are followed.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="BpfException">The path is not one of such an owner (EBADF).</exception>
    public void Set(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        Set(owner, in value);
    }

    /// <summary>Adds the value of the owner at a path, which has none (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if it already has a value; nothing was written.</returns>
    /// <inheritdoc cref="Set(string, in TValue)"/>
    public bool TryAdd(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryAdd(owner, in value);
    }

    /// <summary>Replaces the value of the owner at a path (BPF_EXIST).</summary>
    /// <returns><see langword="false"/> if it has no value in the map; nothing was written.</returns>
    /// <inheritdoc cref="Set(string, in TValue)"/>
    public bool TryUpdate(string path, in TValue value)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return TryUpdate(owner, in value);
    }

    /// <summary>Removes the value of the owner at a path (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="path">The path. Symbolic links are followed.</param>
    /// <returns><see langword="false"/> if it has no value in the map.</returns>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A directory of the path cannot be searched.</exception>
    /// <exception cref="BpfException">The path is not one of such an owner (EBADF).</exception>
    public bool Remove(string path)
    {
        using SafeHandle owner = KernelObjects.OpenPath(path);
        return Remove(owner);
    }
}
