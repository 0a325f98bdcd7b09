using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>An array or per-CPU array.</summary>
internal class ArrayMap(MapShape shape, HostTables tables, ElementMemory elements) : InMemoryMap(shape, tables)
{
    protected override BatchCommands Batches => BatchCommands.Lookup | BatchCommands.Update;

    protected ElementMemory Elements { get; } = elements;

    protected override bool HasMemory => Shape.Type == BpfMapType.Array;

    /// <summary>Fails: an array created without <see cref="BpfMapFlags.Mmapable"/> cannot be mapped.</summary>
    protected override int FindMemory(nuint length, nint offset, bool writable, out nint address)
    {
        address = 0;
        return Errno.EINVAL;
    }

    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        uint index = IndexOf(key);
        if (index >= Shape.MaxEntries)
            return Errno.ENOENT;
        Format.Read(caller, in Elements.Read(index), value);
        return Errno.Ok;
    }

    protected override ref byte FindElement(in Caller caller, ReadOnlySpan<byte> key)
    {
        uint index = IndexOf(key);
        return ref index < Shape.MaxEntries ? ref Elements[index] : ref Unsafe.NullRef<byte>();
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        ulong mode = flags & ~(ulong)BpfUpdateFlags.Lock;
        if (mode > (ulong)BpfUpdateFlags.Exist)
            return Errno.EINVAL;
        uint index = IndexOf(key);
        if (index >= Shape.MaxEntries)
            return Errno.E2BIG;
        if (mode == (ulong)BpfUpdateFlags.NoExist)
            return Errno.EEXIST;
        Format.Write(caller, ref Elements[index], value);
        return Errno.Ok;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key) => Errno.EINVAL;

    protected override int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        uint next = key.IsEmpty || IndexOf(key) is var index && index >= Shape.MaxEntries ? 0 : index + 1;
        if (next == Shape.MaxEntries)
            return Errno.ENOENT;
        MemoryMarshal.Write(nextKey, next);
        return Errno.Ok;
    }

    protected static uint IndexOf(ReadOnlySpan<byte> key) => MemoryMarshal.Read<uint>(key);
}
