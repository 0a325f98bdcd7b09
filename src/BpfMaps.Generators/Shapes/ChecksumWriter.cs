using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BpfMaps.Generators.Shapes;

/// <summary>Computes the checksum of a sequence of numbers and texts.</summary>
/// <remarks>Texts are prefixed with their length, so that different sequences write different bytes.</remarks>
internal sealed class ChecksumWriter : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[4096];
    private int _used;

    public void Add(int number)
    {
        MakeRoom(sizeof(int));
        for (int shift = 0; shift < 32; shift += 8)
            _buffer[_used++] = unchecked((byte)(number >> shift));
    }

    public void Add(string text)
    {
        Add(text.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        while (!bytes.IsEmpty)
        {
            MakeRoom(1);
            int count = Math.Min(bytes.Length, _buffer.Length - _used);
            bytes.Slice(0, count).CopyTo(_buffer.AsSpan(_used));
            bytes = bytes.Slice(count);
            _used += count;
        }
    }

    public Checksum Finish()
    {
        MakeRoom(_buffer.Length);
        byte[] hash = _hash.GetHashAndReset();
        return new(
            BitConverter.ToUInt64(hash, 0),
            BitConverter.ToUInt64(hash, 8),
            BitConverter.ToUInt64(hash, 16),
            BitConverter.ToUInt64(hash, 24)
        );
    }

    public void Dispose() => _hash.Dispose();

    private void MakeRoom(int bytes)
    {
        if (_used + bytes <= _buffer.Length)
            return;
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
