using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>
/// Base class of local storages. Each value belongs to a kernel object, its owner, and is removed with it. The key is a descriptor of the
/// owner.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Operations on single values are one system call. The kernel cannot list the owners with a value. Programs access the value through the
/// owner, and can add it (BPF_LOCAL_STORAGE_GET_F_CREATE). The map type requires BTF and <see cref="BpfMapFlags.NoPrealloc"/>, which
/// declarations include.
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
            throw new ArgumentException(
                $"The key of {raw.Type} maps is a descriptor of {sizeof(int)} bytes, but key_size of the map is {raw.KeySize}.",
                nameof(raw)
            );
        _valueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));
    }

    /// <summary>Copies the value of an owner (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner. The caller keeps it.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <param name="flags">
    /// The flags of the lookup: <see cref="BpfLookupFlags.Lock"/> reads under the value's <see cref="BpfSpinLock"/>, so that no partially
    /// written value is read.
    /// </param>
    /// <returns><see langword="false"/> if the owner has no value in the map.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not one of such an owner (EBADF, ENOTSOCK).</exception>
    public bool TryGetValue(SafeHandle owner, out TValue value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        return Raw.TryRead(key.Bytes, out value, flags);
    }

    /// <summary>Returns whether an owner has a value. Costs as much as reading the value.</summary>
    /// <returns><see langword="false"/> if the owner has no value in the map.</returns>
    /// <inheritdoc cref="TryGetValue(SafeHandle, out TValue, BpfLookupFlags)"/>
    public bool ContainsKey(SafeHandle owner) => TryGetValue(owner, out _);

    /// <summary>Adds or replaces the value of an owner (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner. The caller keeps it.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// The descriptor is not one of such an owner (EBADF, ENOTSOCK), or the owner no longer exists (ENOENT) or has no memory left (ENOMEM).
    /// </exception>
    public void Set(SafeHandle owner, in TValue value)
    {
        if (Update(owner, in value, BpfUpdateFlags.Any) == BpfUpdateResult.NotFound)
            ThrowGone();
    }

    /// <summary>Adds the value of an owner without a value (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the owner already has a value; nothing was written.</returns>
    /// <inheritdoc cref="Set(SafeHandle, in TValue)"/>
    public bool TryAdd(SafeHandle owner, in TValue value)
    {
        BpfUpdateResult result = Update(owner, in value, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.NotFound)
            ThrowGone();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the value of an owner (BPF_EXIST).</summary>
    /// <param name="owner">A descriptor of the owner. The caller keeps it.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the owner has no value in the map; nothing was written.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not one of such an owner (EBADF, ENOTSOCK).</exception>
    public bool TryUpdate(SafeHandle owner, in TValue value) => Update(owner, in value, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the value of an owner and returns the result (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner. The caller keeps it.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">
    /// Whether to add the value, to replace it, or either; <see cref="BpfUpdateFlags.Lock"/> writes under its <see cref="BpfSpinLock"/>.
    /// </param>
    /// <returns>The result; <see cref="BpfUpdateResult.NotFound"/> also if the owner no longer exists.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// The descriptor is not one of such an owner (EBADF, ENOTSOCK), or the flags are not valid (EINVAL).
    /// </exception>
    public BpfUpdateResult Update(SafeHandle owner, in TValue value, BpfUpdateFlags flags)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        return Raw.Write(key.Bytes, in value, _valueFormat, flags);
    }

    /// <summary>Removes the value of an owner (BPF_MAP_DELETE_ELEM).</summary>
    /// <param name="owner">A descriptor of the owner. The caller keeps it.</param>
    /// <returns><see langword="false"/> if the owner has no value in the map.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">The descriptor is not one of such an owner (EBADF, ENOTSOCK).</exception>
    public bool Remove(SafeHandle owner)
    {
        using DescriptorBytes key = KeyOf(owner, stackalloc byte[sizeof(int)]);
        return Raw.Delete(key.Bytes);
    }

    /// <summary>Throws if a value cannot be added because its owner no longer exists.</summary>
    [DoesNotReturn]
    private void ThrowGone() =>
        throw BpfException.Of(
            $"Adding a value to map {Raw}",
            Errno.ENOENT,
            BpfCommand.MapUpdateElem,
            Raw.Name,
            HeldObjectAdvice.ForGoneOwner(Raw.Type)
        );

    private static DescriptorBytes KeyOf(SafeHandle owner, Span<byte> bytes)
    {
        // Its number is the id of the process, which the kernel would take for a descriptor.
        if (owner is SafeProcessHandle)
            throw new ArgumentException(
                "On Linux, a SafeProcessHandle is not a descriptor: pass the id of the process, or a pidfd.",
                nameof(owner)
            );
        return new DescriptorBytes(owner, bytes);
    }
}
