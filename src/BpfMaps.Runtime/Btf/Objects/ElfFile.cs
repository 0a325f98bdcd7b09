namespace BpfMaps.Metadata;

/// <summary>Sections and symbols of a relocatable ELF64 file for the BPF machine, of either byte order.</summary>
internal sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const ushort RelocatableType = 1; // ET_REL
    private const ushort BpfMachine = 247; // EM_BPF
    private const ushort ExtendedIndex = 0xffff; // SHN_XINDEX

    private readonly FileView _file;

    private ElfFile(FileView file)
    {
        _file = file;
        Sections = ReadSections();
    }

    public bool IsBigEndian => _file.IsBigEndian;

    public ElfSection[] Sections { get; }

    public static ElfFile Parse(FileView file)
    {
        ReadOnlySpan<byte> identification = file.Slice(0, 16, "the first bytes of an ELF file").Span;
        if (!identification.StartsWith("\u007fELF"u8))
            file.Throw(0, "expected an ELF file, which begins with 7f 45 4c 46");
        if (identification[4] != 2)
            file.Throw(4, $"expected a 64-bit ELF file (2), found {identification[4]}");
        if (identification[5] is not (1 or 2))
            file.Throw(5, $"expected a byte order of 1 (little-endian) or 2 (big-endian), found {identification[5]}");

        file = file.WithByteOrder(isBigEndian: identification[5] == 2);
        ushort type = file.UInt16(16, "the type of the file");
        if (type != RelocatableType)
            file.Throw(16, $"expected a relocatable object (1), as compilers write it, found an ELF file of type {type}");
        ushort machine = file.UInt16(18, "the machine");
        if (machine != BpfMachine)
            file.Throw(
                18,
                $"expected an object for the BPF machine ({BpfMachine}), found one for machine {machine}; clang makes one with -target bpf"
            );
        return new ElfFile(file);
    }

    /// <summary>The first section with a name.</summary>
    public ElfSection? Find(string name) => Array.Find(Sections, section => section.Name == name);

    /// <summary>Gets the bytes of a section; empty for sections without data (.bss).</summary>
    public FileView Data(ElfSection section)
    {
        if (section.IsCompressed)
            _file.Throw(
                (long)Math.Min(section.Offset, (ulong)_file.Length),
                $"section '{section.Name}' is compressed, and BPF loaders read no such section"
            );
        return section.HasData ? _file.Slice(section.Offset, section.Size, "a section") : _file.Slice(0, 0, "a section");
    }

    /// <summary>The functions and variables that are defined in a section, in the order of the file.</summary>
    public List<ElfSymbol> ReadSymbols()
    {
        List<ElfSymbol> symbols = [];
        if (Array.Find(Sections, static section => section.Type == ElfSection.SymbolTable) is not { } table)
            return symbols;
        if (table.Link >= (uint)Sections.Length)
            _file.Throw(0, $"expected the names of the symbols in one of {Sections.Length} sections, found section {table.Link}");

        FileView names = Data(Sections[table.Link]);
        FileView entries = Data(table);
        for (int at = 0; at <= entries.Length - SymbolSize; at += SymbolSize)
        {
            const string what = "a symbol of 24 bytes";
            ushort info = entries.UInt16(at + 4, what);
            int kind = entries.IsBigEndian ? info >> 8 : info & 0xff;
            ushort section = entries.UInt16(at + 6, what);
            if ((kind & 15) is not (ElfSymbol.Object or ElfSymbol.Function) || section == 0 || section >= Sections.Length)
                continue;
            string name = names.Text(entries.UInt32(at, what), "the name of a symbol");
            symbols.Add(new(name, kind & 15, kind >> 4, section, entries.UInt64(at + 8, what), entries.UInt64(at + 16, what)));
        }
        return symbols;
    }

    private ElfSection[] ReadSections()
    {
        const string what = "the ELF header, 64 bytes";
        ulong offset = _file.UInt64(40, what);
        ushort entrySize = _file.UInt16(58, what);
        ulong count = _file.UInt16(60, what);
        uint namesIndex = _file.UInt16(62, what);
        if (offset == 0)
            return [];
        if (offset < HeaderSize)
            _file.Throw(40, $"expected the section headers behind the ELF header, found them at {offset}");
        if (entrySize != SectionHeaderSize)
            _file.Throw(58, $"expected section headers of {SectionHeaderSize} bytes, found {entrySize}");

        FileView first = _file.Slice(offset, SectionHeaderSize, "a section header");
        if (count == 0)
            count = first.UInt64(32, "the number of sections");
        if (namesIndex == ExtendedIndex)
            namesIndex = first.UInt32(40, "the section of names");
        if (count > (ulong)_file.Length / SectionHeaderSize)
            _file.Throw(60, $"expected at most {_file.Length / SectionHeaderSize} sections in {_file.Length} bytes, found {count}");

        FileView headers = _file.Slice(offset, count * SectionHeaderSize, "the section headers");
        if (namesIndex >= count)
            _file.Throw(62, $"expected the names of sections in one of {count}, found section {namesIndex}");
        FileView names = Data(ReadSection(headers, (int)namesIndex, null));
        ElfSection[] sections = new ElfSection[count];
        for (int index = 0; index < sections.Length; index++)
            sections[index] = ReadSection(headers, index, names);
        return sections;
    }

    private static ElfSection ReadSection(FileView headers, int index, FileView? names)
    {
        const string what = "a section header";
        int at = index * SectionHeaderSize;
        string name = names is { } strings ? strings.Text(headers.UInt32(at, what), "the name of a section") : "";
        return new()
        {
            Index = index,
            Name = name,
            Type = headers.UInt32(at + 4, what),
            Flags = headers.UInt64(at + 8, what),
            Offset = headers.UInt64(at + 24, what),
            Size = headers.UInt64(at + 32, what),
            Link = headers.UInt32(at + 40, what),
        };
    }
}
