using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BpfMaps.Metadata;

/// <summary>
/// A part of a file in memory. An access past its end throws a <see cref="BpfFormatException"/> with the offset in the file.
/// </summary>
internal readonly struct FileView
{
    /// <summary>The maximum length of names in objects and BTF, which is the kernel's (KSYM_NAME_LEN).</summary>
    public const int MaxNameLength = 511;

    private readonly byte[] _file;
    private readonly int _start;

    public FileView(byte[] file, string name)
        : this(file, 0, file.Length, name, isBigEndian: false) { }

    private FileView(byte[] file, int start, int length, string name, bool isBigEndian)
    {
        _file = file;
        _start = start;
        Length = length;
        FileName = name;
        IsBigEndian = isBigEndian;
    }

    public int Length { get; }

    public string FileName { get; }

    public bool IsBigEndian { get; }

    public ReadOnlySpan<byte> Span => _file.AsSpan(_start, Length);

    public FileView WithByteOrder(bool isBigEndian) => new(_file, _start, Length, FileName, isBigEndian);

    /// <summary>A part of this part. <paramref name="what"/> says for the message what it holds.</summary>
    public FileView Slice(ulong offset, ulong length, string what)
    {
        if (offset > (ulong)Length || length > (ulong)Length - offset)
            Throw(
                Math.Min((long)Math.Min(offset, long.MaxValue), Length),
                $"expected {what} of {length} bytes at 0x{offset:x} of the part that holds it, which has {Length} bytes"
            );
        return new(_file, _start + (int)offset, (int)length, FileName, IsBigEndian);
    }

    public ushort UInt16(int at, string what)
    {
        ReadOnlySpan<byte> bytes = Take(at, sizeof(ushort), what);
        return IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint UInt32(int at, string what)
    {
        ReadOnlySpan<byte> bytes = Take(at, sizeof(uint), what);
        return IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong UInt64(int at, string what)
    {
        ReadOnlySpan<byte> bytes = Take(at, sizeof(ulong), what);
        return IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Gets the length of the text at an offset, without the NUL at its end.</summary>
    public int TextLength(uint at, string what)
    {
        if (at >= (uint)Length)
            Throw(Length, $"{what} begins at 0x{at:x} of the strings, which have {Length} bytes");

        ReadOnlySpan<byte> rest = Span[(int)at..];
        int length = rest[..Math.Min(rest.Length, MaxNameLength + 1)].IndexOf((byte)0);
        if (length < 0)
            Throw(
                (int)at,
                rest.Length > MaxNameLength ? $"{what} has more than {MaxNameLength} bytes" : $"{what} does not end before the strings do"
            );
        return length;
    }

    public string Text(uint at, string what) => Encoding.UTF8.GetString(Span.Slice((int)at, TextLength(at, what)));

    /// <summary>Throws for a place in this part.</summary>
    [DoesNotReturn]
    public void Throw(long at, string problem) => throw new BpfFormatException(FileName, _start + at, problem);

    private ReadOnlySpan<byte> Take(int at, int size, string what)
    {
        if (at < 0 || at > Length - size)
            Throw(Math.Clamp(at, 0, Length), $"expected {what}, found the end");
        return _file.AsSpan(_start + at, size);
    }
}
