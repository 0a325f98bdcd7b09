using System.Buffers;
using System.Buffers.Text;
using BpfMaps.Metrics.Names;

namespace BpfMaps.Metrics.Text;

/// <summary>Writes UTF-8 to a buffer writer in large pieces.</summary>
internal ref struct Utf8Buffer(IBufferWriter<byte> writer)
{
    private const int Piece = 4096;

    // The longest number is -1.7976931348623157e+308.
    private const int LongestNumber = 32;

    private Span<byte> _free = writer.GetSpan(Piece);
    private int _used;

    public void Write(scoped ReadOnlySpan<byte> text)
    {
        if (text.Length > _free.Length - _used)
            Reserve(text.Length);
        text.CopyTo(_free[_used..]);
        _used += text.Length;
    }

    public void Write(byte character)
    {
        if (_used == _free.Length)
            Reserve(1);
        _free[_used++] = character;
    }

    public void Write(ulong number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _free[_used..], out int written);
        _used += written;
    }

    public void Write(long number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _free[_used..], out int written);
        _used += written;
    }

    public void Write(double number)
    {
        Reserve(LongestNumber);
        _used += NumberText.Write(number, _free[_used..]);
    }

    /// <summary>Commits the written bytes. Nothing may be written afterwards.</summary>
    public void Flush()
    {
        writer.Advance(_used);
        _used = 0;
        _free = default;
    }

    private void Reserve(int bytes)
    {
        if (_free.Length - _used >= bytes)
            return;
        writer.Advance(_used);
        _used = 0;
        _free = writer.GetSpan(Math.Max(Piece, bytes));
    }
}
