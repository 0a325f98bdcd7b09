using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

// Single elements. These are the hot paths: checks, pointers, one call, and everything that throws out of line.
public sealed unsafe partial class RawMap
{
    private const string LookupCommand = "BPF_MAP_LOOKUP_ELEM";
    private const string LookupAndDeleteCommand = "BPF_MAP_LOOKUP_AND_DELETE_ELEM";
    private const string UpdateCommand = "BPF_MAP_UPDATE_ELEM";
    private const string DeleteCommand = "BPF_MAP_DELETE_ELEM";
    private const string NextKeyCommand = "BPF_MAP_GET_NEXT_KEY";

    /// <summary>Copies the value of a key into the caller's buffer (BPF_MAP_LOOKUP_ELEM, Linux 3.18).</summary>
    /// <remarks>
    /// Queues and stacks: peeks at the next element, the key is empty. Bloom filters: the key is empty and <paramref name="value"/> is read, not
    /// written; <see langword="false"/> means certainly absent. Maps of maps: the value is the inner map's id.
    /// </remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives the value, <see cref="ValueSize"/> bytes; unchanged on a miss.</param>
    /// <param name="flags">How to read.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="TryLookupPerCpu"/>.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(TryLookup), nameof(TryLookupPerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return Lookup(key, value, flags);
    }

    /// <summary>Copies the values that all possible CPUs hold of a key into the caller's buffer (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">Receives one value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes; unchanged on a miss.</param>
    /// <param name="flags">How to read.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="TryLookup"/>.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryLookupPerCpu(ReadOnlySpan<byte> key, Span<byte> values, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize == 0)
            ThrowIsNotPerCpu(nameof(TryLookupPerCpu), nameof(TryLookup));
        CheckElement(key, values.Length, _perCpuValueSize, nameof(values));
        return Lookup(key, values, flags);
    }

    /// <summary>Copies the value of a key into the caller's buffer and removes the key, in one step (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 4.20; hashes Linux 5.14).</summary>
    /// <remarks>Queues and stacks: pops; the key is empty.</remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives the value, <see cref="ValueSize"/> bytes; unchanged on a miss.</param>
    /// <param name="flags">How to read.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="TryLookupAndDeletePerCpu"/>.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel has no such operation for this kind.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(TryLookupAndDelete), nameof(TryLookupAndDeletePerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return LookupAndDelete(key, value, flags);
    }

    /// <summary>Copies the values that all possible CPUs hold of a key into the caller's buffer and removes the key, in one step (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 5.14).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">Receives one value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes; unchanged on a miss.</param>
    /// <param name="flags">How to read.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="TryLookupAndDelete"/>.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel has no such operation for this kind.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryLookupAndDeletePerCpu(ReadOnlySpan<byte> key, Span<byte> values, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize == 0)
            ThrowIsNotPerCpu(nameof(TryLookupAndDeletePerCpu), nameof(TryLookupAndDelete));
        CheckElement(key, values.Length, _perCpuValueSize, nameof(values));
        return LookupAndDelete(key, values, flags);
    }

    /// <summary>Writes the value of a key (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <remarks>Queues and stacks: pushes; the key is empty, and <see cref="BpfUpdateFlags.Exist"/> drops the oldest element when full. Bloom filters: adds; the key is empty.</remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">The value, <see cref="ValueSize"/> bytes.</param>
    /// <param name="flags">Whether to add, to replace or either.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="UpdatePerCpu"/>.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfUpdateResult Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(Update), nameof(UpdatePerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return UpdateElement(key, value, flags);
    }

    /// <summary>Writes the values of a key for all possible CPUs (BPF_MAP_UPDATE_ELEM, Linux 4.6).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">One value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes.</param>
    /// <param name="flags">Whether to add, to replace or either.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="Update"/>.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfUpdateResult UpdatePerCpu(ReadOnlySpan<byte> key, ReadOnlySpan<byte> values, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        if (_perCpuValueSize == 0)
            ThrowIsNotPerCpu(nameof(UpdatePerCpu), nameof(Update));
        CheckElement(key, values.Length, _perCpuValueSize, nameof(values));
        return UpdateElement(key, values, flags);
    }

    /// <summary>Removes a key (BPF_MAP_DELETE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">The key has the wrong length.</exception>
    /// <exception cref="BpfException">The kernel refused; arrays, queues and stacks have no removal (EINVAL).</exception>
    public bool Delete(ReadOnlySpan<byte> key)
    {
        int errno = DeleteElement(key);
        return errno == Errno.Ok || FalseOrThrow(errno, DeleteCommand);
    }

    /// <summary>Removes a key, where failing to is nothing to report.</summary>
    /// <returns>0, or the error number.</returns>
    internal int DeleteElement(ReadOnlySpan<byte> key)
    {
        CheckKey(key, nameof(key));
        fixed (byte* keyPointer = key)
            return _host.Delete(_handle, keyPointer);
    }

    /// <summary>Finds the key after another one, in the kernel's order (BPF_MAP_GET_NEXT_KEY, Linux 3.18).</summary>
    /// <param name="key">A key of <see cref="KeySize"/> bytes, or empty for the first. For a key that is not in the map the first key comes back.</param>
    /// <param name="nextKey">Receives the key, <see cref="KeySize"/> bytes; unchanged at the end.</param>
    /// <returns><see langword="false"/> after the last key, or if the map is empty (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="BpfException">The kernel refused; kinds without keys have no next one.</exception>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        if (!key.IsEmpty)
            CheckKey(key, nameof(key));
        CheckKey(nextKey, nameof(nextKey));
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* nextPointer = nextKey)
            errno = _host.GetNextKey(_handle, keyPointer, nextPointer);
        return errno == Errno.Ok || FalseOrThrow(errno, NextKeyCommand);
    }

    private bool Lookup(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags)
    {
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.Lookup(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok || FalseOrThrow(errno, LookupCommand);
    }

    private bool LookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags)
    {
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.LookupAndDelete(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok || FalseOrThrow(errno, LookupAndDeleteCommand);
    }

    private BpfUpdateResult UpdateElement(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdateFlags flags)
    {
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.Update(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok ? BpfUpdateResult.Ok : UpdateResultOrThrow(errno, UpdateCommand);
    }

    private void CheckElement(ReadOnlySpan<byte> key, int valueLength, int expectedValueLength, string valueName)
    {
        CheckKey(key, nameof(key));
        if (valueLength != expectedValueLength)
            ThrowWrongLength(valueName, expectedValueLength, valueLength);
    }

    private void CheckKey(ReadOnlySpan<byte> key, string name)
    {
        if (key.Length != _keySize)
            ThrowWrongLength(name, _keySize, key.Length);
    }

    [DoesNotReturn]
    private void ThrowIsPerCpu(string method, string instead) =>
        throw new InvalidOperationException($"Map {this} has one value per possible CPU: use {instead} instead of {method}.");

    [DoesNotReturn]
    private void ThrowIsNotPerCpu(string method, string instead) =>
        throw new InvalidOperationException($"Map {this} has one value per key, not one per CPU: use {instead} instead of {method}.");

    [DoesNotReturn]
    private void ThrowWrongLength(string parameter, int expected, int given) =>
        throw new ArgumentException($"Map {this}: {parameter} must be {expected} bytes long, not {given}.", parameter);
}
