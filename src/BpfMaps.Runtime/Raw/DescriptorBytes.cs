using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The number of a descriptor as the bytes of a key or value. The descriptor stays open until this is disposed.</summary>
internal readonly ref struct DescriptorBytes : IDisposable
{
    private readonly HeldDescriptor _held;

    /// <param name="handle">The descriptor.</param>
    /// <param name="bytes">Receives the number: 4 bytes, or 8 where the kernel requires the size of a looked-up value.</param>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public DescriptorBytes(SafeHandle handle, Span<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(handle);
        _held = new HeldDescriptor(handle);
        ObjectDisposedException.ThrowIf(_held.IsDisposed, handle);
        Write(_held.Descriptor, bytes);
        Bytes = bytes;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Writes the number of a descriptor that the caller keeps open.</summary>
    public static void Write(int descriptor, Span<byte> bytes)
    {
        if (bytes.Length == sizeof(ulong))
            MemoryMarshal.Write(bytes, (ulong)(uint)descriptor);
        else
            MemoryMarshal.Write(bytes, descriptor);
    }

    public void Dispose() => _held.Dispose();
}
