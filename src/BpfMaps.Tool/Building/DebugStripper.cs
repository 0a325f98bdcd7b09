using System.Buffers.Binary;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Building;

/// <summary>
/// Removes the debug information (DWARF) of an object, which contains names of folders. Keeps the types and line numbers that the kernel
/// and libbpf read (.BTF, .BTF.ext). <c>llvm-strip -g</c> does the same, but not every machine with clang has it.
/// </summary>
internal sealed class DebugStripper
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 16;
    private const uint SymbolTable = 2; // SHT_SYMTAB
    private const uint RelocationsWithAddend = 4; // SHT_RELA
    private const uint NoData = 8; // SHT_NOBITS
    private const uint Relocations = 9; // SHT_REL
    private const uint ExtendedIndexes = 18; // SHT_SYMTAB_SHNDX
    private const uint AddressSignificance = 0x6fff4c03; // SHT_LLVM_ADDRSIG
    private const ulong InfoLink = 0x40; // SHF_INFO_LINK
    private const ushort ReservedIndex = 0xff00; // SHN_LORESERVE

    private readonly byte[] _file;
    private readonly ElfFile _elf;
    private readonly int[] _newIndexes;
    private readonly int[] _newSymbols;
    private readonly byte[][] _contents;
    private int _firstGlobal;

    private DebugStripper(byte[] file, ElfFile elf)
    {
        _file = file;
        _elf = elf;
        _contents = [.. elf.Sections.Select(section => elf.Data(section).Span.ToArray())];
        _newIndexes = Number(elf.Sections.Length, index => !IsDropped(index));
        ElfSection? symbols = Array.Find(elf.Sections, static section => section.Type == SymbolTable);
        byte[] table = symbols is null ? [] : _contents[symbols.Index];
        _newSymbols = Number(table.Length / SymbolSize, index => index == 0 || !IsInDropped(table, index));
        if (symbols is not null)
            _contents[symbols.Index] = StripSymbols(table);
        foreach (
            ElfSection section in elf.Sections.Where(section =>
                section.Type is Relocations or RelocationsWithAddend && _newIndexes[section.Index] >= 0
            )
        )
            RenumberRelocations(_contents[section.Index], section.Type == Relocations ? RelocationSize : RelocationSize + 8);
    }

    /// <summary>Strips a file in place. A file without debug information is not changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name in messages.</param>
    /// <exception cref="BpfFormatException">It is not a BPF object.</exception>
    public static void Strip(string path, string name)
    {
        byte[] file = File.ReadAllBytes(path);
        ElfFile elf = ElfFile.Parse(new FileView(file, name));
        // Objects with extended section numbering are not stripped; compilers do not write such BPF objects.
        if (
            Array.Exists(elf.Sections, IsDebug)
            && elf.Sections.Length < ReservedIndex
            && !Array.Exists(elf.Sections, static section => section.Type == ExtendedIndexes)
        )
            File.WriteAllBytes(path, new DebugStripper(file, elf).Write());
    }

    private static bool IsDebug(ElfSection section) => section.Name.StartsWith(".debug_", StringComparison.Ordinal);

    private bool IsDropped(int index)
    {
        ElfSection section = _elf.Sections[index];
        // The table of significant symbols is for linkers, and encodes symbol numbers differently.
        if (IsDebug(section) || section.Type == AddressSignificance)
            return true;
        uint target = UInt32(Header(index), 44);
        return section.Type is Relocations or RelocationsWithAddend
            && target < (uint)_elf.Sections.Length
            && IsDebug(_elf.Sections[target]);
    }

    private bool IsInDropped(byte[] symbols, int index)
    {
        ushort section = UInt16(symbols, (index * SymbolSize) + 6);
        return section < _elf.Sections.Length && _newIndexes[section] < 0;
    }

    private byte[] StripSymbols(byte[] table)
    {
        byte[] stripped = new byte[_newSymbols.Count(static index => index >= 0) * SymbolSize];
        for (int index = 0; index < _newSymbols.Length; index++)
        {
            if (_newSymbols[index] < 0)
                continue;
            Span<byte> symbol = stripped.AsSpan(_newSymbols[index] * SymbolSize, SymbolSize);
            table.AsSpan(index * SymbolSize, SymbolSize).CopyTo(symbol);
            ushort section = UInt16(symbol, 6);
            if (section < _newIndexes.Length)
                Set(symbol, 6, (ushort)_newIndexes[section]);
            if (symbol[4] >> 4 == 0) // STB_LOCAL; all of them come first
                _firstGlobal = _newSymbols[index] + 1;
        }
        return stripped;
    }

    private void RenumberRelocations(byte[] relocations, int size)
    {
        for (int at = 0; at + size <= relocations.Length; at += size)
        {
            ulong info = UInt64(relocations, at + 8);
            int symbol = (int)(info >> 32);
            if ((uint)symbol < (uint)_newSymbols.Length)
                Set(relocations, at + 8, ((ulong)(uint)Math.Max(_newSymbols[symbol], 0) << 32) | (uint)info);
        }
    }

    private byte[] Write()
    {
        using MemoryStream output = new();
        output.Write(_file, 0, HeaderSize);
        List<byte[]> headers = [];
        for (int index = 0; index < _elf.Sections.Length; index++)
        {
            if (_newIndexes[index] < 0)
                continue;
            byte[] header = Header(index).ToArray();
            if (index != 0)
            {
                Align(output, UInt64(header, 48));
                Set(header, 24, (ulong)output.Position);
                if (_elf.Sections[index].Type != NoData)
                {
                    Set(header, 32, (ulong)_contents[index].Length);
                    output.Write(_contents[index]);
                }
                Relink(header, _elf.Sections[index]);
            }
            headers.Add(header);
        }

        Align(output, 8);
        long table = output.Position;
        headers.ForEach(header => output.Write(header));
        byte[] written = output.ToArray();
        Set(written, 40, (ulong)table);
        Set(written, 60, (ushort)headers.Count);
        Set(written, 62, (ushort)_newIndexes[UInt16(written, 62)]);
        return written;
    }

    private void Relink(byte[] header, ElfSection section)
    {
        Set(header, 40, NewIndex(section.Link));
        if (section.Type is Relocations or RelocationsWithAddend || (section.Flags & InfoLink) != 0)
            Set(header, 44, NewIndex(UInt32(header, 44)));
        else if (section.Type == SymbolTable)
            Set(header, 44, (uint)_firstGlobal);
    }

    private uint NewIndex(uint index) => index < (uint)_newIndexes.Length ? (uint)Math.Max(_newIndexes[index], 0) : index;

    private Span<byte> Header(int index) => _file.AsSpan((int)UInt64(_file, 40) + (index * SectionHeaderSize), SectionHeaderSize);

    private static int[] Number(int count, Func<int, bool> isKept)
    {
        int[] numbers = new int[count];
        int next = 0;
        for (int index = 0; index < count; index++)
            numbers[index] = isKept(index) ? next++ : -1;
        return numbers;
    }

    private static void Align(MemoryStream output, ulong alignment)
    {
        while (alignment is > 1 and <= 4096 && (ulong)output.Position % alignment != 0)
            output.WriteByte(0);
    }

    private ushort UInt16(ReadOnlySpan<byte> bytes, int at) =>
        _elf.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private uint UInt32(ReadOnlySpan<byte> bytes, int at) =>
        _elf.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private ulong UInt64(ReadOnlySpan<byte> bytes, int at) =>
        _elf.IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private void Set(Span<byte> bytes, int at, ushort value)
    {
        if (_elf.IsBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);
    }

    private void Set(Span<byte> bytes, int at, uint value)
    {
        if (_elf.IsBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[at..], value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);
    }

    private void Set(Span<byte> bytes, int at, ulong value)
    {
        if (_elf.IsBigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);
    }
}
