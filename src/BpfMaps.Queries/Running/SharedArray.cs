using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Queries.Running;

/// <summary>An array whose memory a program shares with this process.</summary>
internal sealed class SharedArray : IDisposable
{
    private readonly RawMap _map;
    private readonly MappingLease _memory;

    public SharedArray(BpfHost host, string name, int stride, int length)
    {
        _map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = name,
                KeySize = sizeof(uint),
                ValueSize = stride,
                MaxEntries = (uint)length,
                Flags = BpfMapFlags.Mmapable,
            },
            host
        );
        Stride = stride;
        Length = length;
        try
        {
            _memory = _map.LeaseMemory();
        }
        catch
        {
            _map.Dispose();
            throw;
        }
    }

    /// <summary>Gets the distance between elements in bytes, a multiple of 8.</summary>
    public int Stride { get; }

    /// <summary>Gets the number of elements.</summary>
    public int Length { get; }

    public SafeHandle Handle => _map.Handle;

    /// <summary>Gets the first byte.</summary>
    public ref byte First => ref _memory.First;

    /// <summary>Gets a number in the first element.</summary>
    public ref ulong Number(int offset) => ref Unsafe.As<byte, ulong>(ref Unsafe.AddByteOffset(ref _memory.First, offset));

    /// <summary>Gets the memory of an element.</summary>
    public Span<byte> Element(int index) =>
        MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref _memory.First, (nint)index * Stride), Stride);

    public void Dispose()
    {
        _memory.Dispose();
        _map.Dispose();
    }
}
