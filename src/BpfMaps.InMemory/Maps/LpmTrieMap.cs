using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A longest-prefix-match trie. A key is the prefix length, 4 bytes, followed by the bits of the prefix.</summary>
internal sealed class LpmTrieMap(MapShape shape, HostTables tables) : InMemoryMap(shape, tables)
{
    private const int LengthSize = sizeof(uint);

    private readonly PrefixTrie _trie = new(shape.KeySize - LengthSize, shape.ValueSize);

    public override bool CanBeFull => true;

    protected override uint Count => _trie.Count;

    protected override BatchCommands Batches => BatchCommands.Lookup | BatchCommands.Update | BatchCommands.Delete;

    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        ref byte found = ref FindElement(caller, key);
        if (Unsafe.IsNullRef(in found))
            return Errno.ENOENT;
        Format.Read(caller, in found, value);
        return Errno.Ok;
    }

    protected override ref byte FindElement(in Caller caller, ReadOnlySpan<byte> key)
    {
        int node = IsPrefix(key, out int length) ? _trie.Match(length, key[LengthSize..]) : PrefixTrie.None;
        return ref node == PrefixTrie.None ? ref Unsafe.NullRef<byte>() : ref _trie.Value(node);
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags > (ulong)BpfUpdateFlags.Exist || !IsPrefix(key, out int length))
            return Errno.EINVAL;

        bool isThere = _trie.Find(length, key[LengthSize..]) != PrefixTrie.None;
        if (isThere && flags == (ulong)BpfUpdateFlags.NoExist)
            return Errno.EEXIST;
        if (!isThere && flags == (ulong)BpfUpdateFlags.Exist)
            return Errno.ENOENT;
        if (!isThere && (_trie.Count == Shape.MaxEntries || IsHeldFull))
            return Errno.ENOSPC;
        Format.Write(caller, ref _trie.Value(_trie.Set(length, key[LengthSize..])), value);
        return Errno.Ok;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key)
    {
        if (!IsPrefix(key, out int length))
            return Errno.EINVAL;
        return _trie.Remove(length, key[LengthSize..]) ? Errno.Ok : Errno.ENOENT;
    }

    protected override int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        int next = !key.IsEmpty && IsPrefix(key, out int length) ? _trie.After(length, key[LengthSize..]) : _trie.First();
        if (next == PrefixTrie.None)
            return Errno.ENOENT;
        MemoryMarshal.Write(nextKey, _trie.LengthOf(next));
        _trie.Data(next).CopyTo(nextKey[LengthSize..]);
        return Errno.Ok;
    }

    private bool IsPrefix(ReadOnlySpan<byte> key, out int length)
    {
        length = MemoryMarshal.Read<int>(key);
        return (uint)length <= (uint)_trie.MaxLength;
    }
}
