using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What becomes a record of a user ring. Implemented by structs, so that the copy is compiled for each.</summary>
internal interface IRecordContent
{
    int Length { get; }

    void CopyTo(Span<byte> record);
}

/// <summary>A typed record, whose padding is written as zeroes.</summary>
internal readonly ref struct TypedContent<T> : IRecordContent
    where T : unmanaged
{
    private readonly ref readonly T _record;
    private readonly PaddingFormat _format;

    public TypedContent(in T record, PaddingFormat format)
    {
        _record = ref record;
        _format = format;
    }

    public int Length => Unsafe.SizeOf<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(Span<byte> record)
    {
        MemoryMarshal.Write(record, in _record);
        if (_format.HasPadding)
            _format.Clean(record);
    }
}

/// <summary>Bytes as they are.</summary>
internal readonly ref struct BytesContent(ReadOnlySpan<byte> bytes) : IRecordContent
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Length => _bytes.Length;

    public void CopyTo(Span<byte> record) => _bytes.CopyTo(record);
}
