using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A hash of maps. A value is a map id.</summary>
internal sealed class HashOfMaps(MapShape shape, HostTables tables, InnerMaps inner) : HashMap(shape, tables)
{
    protected override int LookupAndDeleteElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        int errno = inner.Take(value, out uint id);
        if (errno != Errno.Ok)
            return errno;

        int element = Table.Find(key);
        uint old = element == HashTable.None ? 0 : IdIn(element);
        errno = base.UpdateElement(caller, key, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in id)), flags);
        uint surplus = errno == Errno.Ok ? old : id;
        if (surplus != 0)
            inner.Release(surplus);
        return errno;
    }

    protected override void FreeElements() => inner.ReleaseAll();

    protected override void Remove(int element)
    {
        inner.Release(IdIn(element));
        base.Remove(element);
    }

    private uint IdIn(int element) => Unsafe.As<byte, uint>(ref Table.Value(element));
}
