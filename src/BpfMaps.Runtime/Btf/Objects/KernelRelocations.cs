namespace BpfMaps.Metadata;

/// <summary>Reads the types in relocations against the running kernel (CO-RE, in the section <c>.BTF.ext</c>).</summary>
internal static class KernelRelocations
{
    private const int HeaderWithRelocations = 32;
    private const int RecordSize = 16;
    private const uint LocalTypeId = 6; // BPF_CORE_TYPE_ID_LOCAL: the id of a type in the object itself; not resolved against the kernel.

    /// <summary>Reads the ids of the types. A corrupt section ends the list, which only affects the order of types.</summary>
    public static IEnumerable<uint> Read(ElfFile elf)
    {
        if (elf.Find(".BTF.ext") is not { } section || elf.Data(section) is not { Length: >= HeaderWithRelocations } data)
            return [];

        // As in .BTF, the byte order is that of the first two bytes, and an ELF file has one for all.
        const string what = "a relocation against the kernel";
        ulong header = data.UInt32(4, what),
            offset = data.UInt32(24, what),
            length = data.UInt32(28, what);
        if (header < HeaderWithRelocations || header + offset + length > (ulong)data.Length || length < sizeof(uint))
            return [];
        return Read(data.Slice(header + offset, length, what), what);
    }

    private static List<uint> Read(FileView data, string what)
    {
        List<uint> ids = [];
        uint size = data.UInt32(0, what);
        if (size is < RecordSize or > 1024)
            return ids;
        long at = sizeof(uint);
        while (at + 8 <= data.Length)
        {
            uint count = data.UInt32((int)at + 4, what);
            at += 8;
            for (uint record = 0; record < count && at + size <= data.Length; record++, at += size)
            {
                if (data.UInt32((int)at + 12, what) != LocalTypeId)
                    ids.Add(data.UInt32((int)at + 4, what));
            }
        }
        return ids;
    }
}
