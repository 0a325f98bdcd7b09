using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

// Single elements. These are hot paths: checks, pointers, one call; code that throws is out of line.
public sealed unsafe partial class RawMap
{
    /// <summary>Copies the value of a key (BPF_MAP_LOOKUP_ELEM, Linux 3.18).</summary>
    /// <remarks>
    /// For queues and stacks, copies the next element without removing it; the key is empty. For bloom filters, the key is empty and
    /// <paramref name="value"/> is read, not written; <see langword="false"/> means that it was never added. For maps of maps, the value is
    /// the id of the inner map.
    /// </remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives the value, <see cref="ValueSize"/> bytes; unchanged if there is no such key.</param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="TryLookupPerCpu"/>.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(TryLookup), nameof(TryLookupPerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return Lookup(key, value, flags);
    }

    /// <summary>Copies the values of a key, one per possible CPU (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">
    /// Receives one value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes; unchanged on a
    /// miss.
    /// </param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="TryLookup"/>.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryLookupPerCpu(ReadOnlySpan<byte> key, Span<byte> values, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize == 0)
            ThrowIsNotPerCpu(nameof(TryLookupPerCpu), nameof(TryLookup));
        CheckElement(key, values.Length, _perCpuValueSize, nameof(values));
        return Lookup(key, values, flags);
    }

    /// <summary>
    /// Copies the value of a key and removes the key, atomically (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 4.20; hashes Linux 5.14).
    /// </summary>
    /// <remarks>For queues and stacks, removes the next element; the key is empty.</remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives the value, <see cref="ValueSize"/> bytes; unchanged if there is no such key.</param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="TryLookupAndDeletePerCpu"/>.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support the operation for this map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(TryLookupAndDelete), nameof(TryLookupAndDeletePerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return LookupAndDelete(key, value, flags);
    }

    /// <summary>
    /// Copies the values of a key, one per possible CPU, and removes the key, atomically (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 5.14).
    /// </summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">
    /// Receives one value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes; unchanged on a
    /// miss.
    /// </param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns><see langword="false"/> if the map has no such key (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="TryLookupAndDelete"/>.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support the operation for this map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryLookupAndDeletePerCpu(ReadOnlySpan<byte> key, Span<byte> values, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        if (_perCpuValueSize == 0)
            ThrowIsNotPerCpu(nameof(TryLookupAndDeletePerCpu), nameof(TryLookupAndDelete));
        CheckElement(key, values.Length, _perCpuValueSize, nameof(values));
        return LookupAndDelete(key, values, flags);
    }

    /// <summary>Writes the value of a key (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <remarks>
    /// For queues, stacks and bloom filters, adds an element; the key is empty. With <see cref="BpfUpdateFlags.Exist"/>, a full queue or
    /// stack drops its oldest element.
    /// </remarks>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">The value, <see cref="ValueSize"/> bytes.</param>
    /// <param name="flags">Whether to add the element, to replace it, or either.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is per-CPU: use <see cref="UpdatePerCpu"/>.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public BpfUpdateResult Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        if (_perCpuValueSize != 0)
            ThrowIsPerCpu(nameof(Update), nameof(UpdatePerCpu));
        CheckElement(key, value.Length, _valueSize, nameof(value));
        return UpdateElement(key, value, flags);
    }

    /// <summary>Writes the values of a key for all possible CPUs (BPF_MAP_UPDATE_ELEM, Linux 4.6).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="values">
    /// One value per possible CPU at a stride of <see cref="PerCpuStride"/>: <see cref="PerCpuValueSize"/> bytes.
    /// </param>
    /// <param name="flags">Whether to add the element, to replace it, or either.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="InvalidOperationException">The map is not per-CPU: use <see cref="Update"/>.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
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
    /// <exception cref="BpfException">
    /// The kernel returned an error; elements of arrays, queues and stacks cannot be removed (EINVAL).
    /// </exception>
    public bool Delete(ReadOnlySpan<byte> key)
    {
        int errno = DeleteElement(key);
        return errno == Errno.Ok || FalseOrThrow(errno, BpfCommand.MapDeleteElem);
    }

    /// <summary>Removes a key without throwing.</summary>
    /// <returns>0, or the error number.</returns>
    internal int DeleteElement(ReadOnlySpan<byte> key)
    {
        CheckKey(key, nameof(key));
        fixed (byte* keyPointer = key)
            return _host.Delete(_handle, keyPointer);
    }

    /// <summary>Gets the key after a key, in the order of the kernel (BPF_MAP_GET_NEXT_KEY, Linux 3.18).</summary>
    /// <remarks>
    /// After the last key of a cgroup storage (<see cref="BpfMapType.CgroupStorage"/>), older kernels such as 5.10 return a key that is
    /// not in the map. <see cref="Keys"/> leaves it out.
    /// </remarks>
    /// <param name="key">
    /// The key, <see cref="KeySize"/> bytes, or empty to get the first key. A key that does not exist also gets the first key.
    /// </param>
    /// <param name="nextKey">Receives the key, <see cref="KeySize"/> bytes; unchanged at the end.</param>
    /// <returns><see langword="false"/> after the last key, or if the map is empty (ENOENT).</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="BpfException">The kernel returned an error, for example because the map type has no keys.</exception>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        if (!key.IsEmpty)
            CheckKey(key, nameof(key));
        CheckKey(nextKey, nameof(nextKey));
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* nextPointer = nextKey)
            errno = _host.GetNextKey(_handle, keyPointer, nextPointer);
        return errno == Errno.Ok || FalseOrThrow(errno, BpfCommand.MapGetNextKey);
    }

    private bool Lookup(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags)
    {
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.Lookup(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok || FalseOrThrow(errno, BpfCommand.MapLookupElem);
    }

    private bool LookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags)
    {
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.LookupAndDelete(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok || FalseOrThrow(errno, BpfCommand.MapLookupAndDeleteElem);
    }

    private BpfUpdateResult UpdateElement(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdateFlags flags)
    {
        if ((flags & (BpfUpdateFlags.NoExist | BpfUpdateFlags.Exist)) != 0 && Type == BpfMapType.LpmTrie && !_host.HonorsTrieFlags)
            ThrowIgnoredTrieFlags();
        int errno;
        fixed (byte* keyPointer = key)
        fixed (byte* valuePointer = value)
            errno = _host.Update(_handle, keyPointer, valuePointer, (ulong)flags);
        return errno == Errno.Ok ? BpfUpdateResult.Ok : UpdateResultOrThrow(errno, BpfCommand.MapUpdateElem);
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
