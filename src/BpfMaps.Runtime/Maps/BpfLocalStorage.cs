using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>What local storages have in common: each value belongs to an object of the kernel's, its owner, and goes with it. The key is a descriptor of the owner.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Every single operation is one system call. There is no list of the owners that have a value: who wants one keeps it. Programs get at the same value with the
/// owner itself, and may add it (BPF_LOCAL_STORAGE_GET_F_CREATE). The kernel makes such maps only with types and with <see cref="BpfMapFlags.NoPrealloc"/>; what is
/// declared brings both.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfLocalStorage<TValue> : BpfMap
    where TValue : unmanaged
{
    private readonly PaddingFormat _valueFormat;

    private protected BpfLocalStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        if (raw.KeySize != sizeof(int))
            throw new ArgumentException($"The key of {raw.Type} maps is a descriptor of {sizeof(int)} bytes; the map has key_size {raw.KeySize}.", nameof(raw));
        _valueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));
    }

    /// <summary>Copies the value of an owner out of the map (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner; it stays the caller's.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <param name="flags">How to read: with <see cref="BpfLookupFlags.Lock"/> under the value's <see cref="BpfSpinLock"/>, so that no half-written value is seen.</param>
    /// <returns><see langword="false"/> if the owner has no value here.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not that of such an owner (EBADF, ENOTSOCK).</exception>
    public bool TryGetValue(SafeHandle owner, out TValue value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        value = default;
        return Raw.TryLookup(key.Bytes, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), flags);
    }

    /// <summary>Whether an owner has a value here. Costs as much as reading it.</summary>
    /// <returns><see langword="false"/> if the owner has no value here.</returns>
    /// <inheritdoc cref="TryGetValue(SafeHandle, out TValue, BpfLookupFlags)"/>
    public bool ContainsKey(SafeHandle owner) => TryGetValue(owner, out _);

    /// <summary>Adds or replaces the value of an owner (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner; it stays the caller's.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not that of such an owner (EBADF, ENOTSOCK), or the owner has gone (ENOENT), or has no memory left for it (ENOMEM).</exception>
    public void Set(SafeHandle owner, in TValue value)
    {
        if (Update(owner, in value, BpfUpdateFlags.Any) == BpfUpdateResult.NotFound)
            ThrowGone();
    }

    /// <summary>Adds the value of an owner that has none yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the owner has a value already; it is left as it is.</returns>
    /// <inheritdoc cref="Set(SafeHandle, in TValue)"/>
    public bool TryAdd(SafeHandle owner, in TValue value)
    {
        BpfUpdateResult result = Update(owner, in value, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.NotFound)
            ThrowGone();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the value of an owner that has one (BPF_EXIST).</summary>
    /// <param name="owner">A descriptor of the owner; it stays the caller's.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the owner has no value here; nothing is added.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not that of such an owner (EBADF, ENOTSOCK).</exception>
    public bool TryUpdate(SafeHandle owner, in TValue value) => Update(owner, in value, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the value of an owner and tells what became of it (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner; it stays the caller's.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">Whether to add, to replace or either; <see cref="BpfUpdateFlags.Lock"/> writes under the value's <see cref="BpfSpinLock"/>.</param>
    /// <returns>What became of it: <see cref="BpfUpdateResult.NotFound"/> also for an owner that has gone.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not that of such an owner (EBADF, ENOTSOCK), or the flags do not fit (EINVAL).</exception>
    public BpfUpdateResult Update(SafeHandle owner, in TValue value, BpfUpdateFlags flags)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        using CleanBytes<TValue> valueBytes = new(in value, _valueFormat, stackalloc byte[_valueFormat.ScratchSize]);
        return Raw.Update(key.Bytes, valueBytes.Bytes, flags);
    }

    /// <summary>Removes the value of an owner; the owner itself stays (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner; it stays the caller's.</param>
    /// <returns><see langword="false"/> if the owner has no value here.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not that of such an owner (EBADF, ENOTSOCK).</exception>
    public bool Remove(SafeHandle owner)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        return Raw.Delete(key.Bytes);
    }

    /// <summary>What to say where a value cannot be added because its owner has gone.</summary>
    [DoesNotReturn]
    private void ThrowGone() => throw BpfException.Of(
        $"Adding a value to map {Raw}", Errno.ENOENT, "BPF_MAP_UPDATE_ELEM", Raw.Name, HeldObjectAdvice.ForGoneOwner(Raw.Type));

    private static DescriptorBytes KeyOf(SafeHandle owner, Span<byte> bytes)
    {
        // Its number is the process's id, which the kernel would take for a descriptor.
        if (owner is SafeProcessHandle)
            throw new ArgumentException("On Linux a SafeProcessHandle is no descriptor: pass the id of the process, or a pidfd.", nameof(owner));
        return new DescriptorBytes(owner, bytes);
    }
}
