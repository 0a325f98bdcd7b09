using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>An array of maps. An element is a map id, or 0.</summary>
internal sealed class ArrayOfMaps(MapShape shape, HostTables tables, InnerMaps inner)
    : ArrayMap(shape, tables, new SlabMemory(BpfMapTypeFacts.Stride(sizeof(uint))))
{
    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        int errno = base.LookupElement(caller, key, value);
        return errno == Errno.Ok && MemoryMarshal.Read<uint>(value) == 0 ? Errno.ENOENT : errno;
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags != 0)
            return Errno.EINVAL;
        if (IndexOf(key) >= Shape.MaxEntries)
            return Errno.E2BIG;
        int errno = inner.Take(value, out uint id);
        if (errno == Errno.Ok)
            Exchange(IndexOf(key), id);
        return errno;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key)
    {
        if (IndexOf(key) >= Shape.MaxEntries)
            return Errno.E2BIG;
        return Exchange(IndexOf(key), 0) ? Errno.Ok : Errno.ENOENT;
    }

    protected override void FreeElements() => inner.ReleaseAll();

    /// <summary>Replaces an id by another and releases the replaced map.</summary>
    /// <returns><see langword="true"/> if an id was replaced.</returns>
    private bool Exchange(uint index, uint id)
    {
        uint old = Unsafe.As<byte, uint>(ref Unsafe.AsRef(in Elements.Read(index)));
        if (old != id)
            Unsafe.As<byte, uint>(ref Elements[index]) = id;
        if (old != 0)
            inner.Release(old);
        return old != 0;
    }
}
