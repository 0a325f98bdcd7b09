namespace BpfMaps.InMemory;

/// <summary>An array whose memory can be mapped: commands and mappings share the same bytes.</summary>
internal sealed class MappedArrayMap(MapShape shape, HostTables tables, PageMemory memory) : ArrayMap(shape, tables, memory)
{
    protected override int FindMemory(nuint length, nint offset, bool writable, out nint address)
    {
        address = 0;
        if (length > memory.Length || (nuint)offset > memory.Length - length)
            return Errno.EINVAL;
        address = memory.Address + offset;
        return Errno.Ok;
    }

    protected override void FreeElements() => memory.Dispose();
}
