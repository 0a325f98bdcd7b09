using System.Buffers.Binary;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Builds valid or invalid BTF word by word.</summary>
internal sealed class CraftedBtf
{
    private readonly List<uint> _words = [];
    private readonly List<byte> _strings = [0];
    private uint _lastId;

    /// <summary>Adds a type and returns its id.</summary>
    public uint Add(BtfKind kind, string name, uint sizeOrType, int count = 0, bool flag = false, params uint[] entries) =>
        AddAt(kind, Text(name), sizeOrType, count, flag, entries);

    /// <summary>Adds a type whose name is at any offset in the strings.</summary>
    public uint AddAt(BtfKind kind, uint nameOffset, uint sizeOrType, int count, bool flag, params uint[] entries)
    {
        _words.AddRange([nameOffset, (flag ? 1u << 31 : 0) | (uint)kind << 24 | (uint)count, sizeOrType, .. entries]);
        return ++_lastId;
    }

    public uint Int(string name, uint size, uint encoding = 0) => Add(BtfKind.Int, name, size, entries: encoding << 24 | size * 8);

    public uint Struct(string name, uint size, params (string Name, uint Type, uint BitOffset)[] members) =>
        Add(
            BtfKind.Struct,
            name,
            size,
            members.Length,
            false,
            [.. members.SelectMany(member => (uint[])[Text(member.Name), member.Type, member.BitOffset])]
        );

    public uint Text(string text)
    {
        if (text.Length == 0)
            return 0;
        uint offset = (uint)_strings.Count;
        _strings.AddRange(Encoding.UTF8.GetBytes(text));
        _strings.Add(0);
        return offset;
    }

    public byte[] Bytes(bool isBigEndian = false)
    {
        uint[] words =
        [
            isBigEndian ? 0xeb9f_0100u : 0x0001_eb9fu,
            24,
            0,
            (uint)_words.Count * 4,
            (uint)_words.Count * 4,
            (uint)_strings.Count,
            .. _words,
        ];
        byte[] bytes = new byte[words.Length * 4 + _strings.Count];
        for (int index = 0; index < words.Length; index++)
        {
            if (isBigEndian)
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(index * 4), words[index]);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * 4), words[index]);
        }
        _strings.CopyTo(bytes, words.Length * 4);
        return bytes;
    }

    public Btf Parse(bool isBigEndian = false) => Btf.Parse(Bytes(isBigEndian), "crafted");
}
