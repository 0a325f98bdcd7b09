using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps.Metadata;

/// <summary>The string table of new BTF. Each string is stored once; the empty string is at offset 0.</summary>
internal sealed class BtfStrings
{
    private readonly List<byte> _bytes = [0];
    private readonly Dictionary<string, uint> _offsets = new() { [""] = 0 };

    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    /// <summary>Where a string stands.</summary>
    public uint Add(string text)
    {
        if (_offsets.TryGetValue(text, out uint offset))
            return offset;

        offset = (uint)_bytes.Count;
        _bytes.AddRange(Encoding.ASCII.GetBytes(text));
        _bytes.Add(0);
        _offsets.Add(text, offset);
        return offset;
    }
}
