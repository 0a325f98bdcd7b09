using System.Buffers.Binary;
using System.Text;

namespace BpfMaps.Symbols.Processes;

/// <summary>The functions in the symbol table of a program or library (ELF, 64 bits, either byte order).</summary>
/// <remarks>
/// The file may be damaged or hostile: whatever is outside of it or does not fit counts as missing, and no more memory is taken than the
/// tables in the file have.
/// </remarks>
internal sealed class ElfSymbols
{
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const int SectionSize = 64;
    private const int SymbolSize = 24;
    private const int LoadedSegment = 1; // PT_LOAD
    private const int SymbolTable = 2; // SHT_SYMTAB
    private const int DynamicSymbols = 11; // SHT_DYNSYM
    private const int Function = 2; // STT_FUNC
    private const int IndirectFunction = 10; // STT_GNU_IFUNC
    private const int LongestTable = 1 << 28;

    private readonly Segment[] _segments;
    private readonly Entry[] _functions;
    private readonly byte[] _names;

    private ElfSymbols(Segment[] segments, Entry[] functions, byte[] names)
    {
        _segments = segments;
        _functions = functions;
        _names = names;
    }

    /// <returns><see langword="null"/> if the file is not an ELF file of 64 bits, or cannot be read.</returns>
    public static ElfSymbols? TryRead(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Finds the function at a place in the file.</summary>
    public bool TryFind(ulong fileOffset, out ElfSymbol symbol)
    {
        symbol = default;
        foreach (Segment segment in _segments)
        {
            if (fileOffset - segment.FileOffset >= segment.Length)
                continue;
            ulong address = fileOffset - segment.FileOffset + segment.Address;
            int at = LastAtOrBefore(address);
            if (at < 0)
                return false;
            Entry function = _functions[at];
            ulong offset = address - function.Address;
            // Functions in assembly language often have no size: they end at the next one.
            if (function.Size != 0 && offset >= function.Size)
                return false;
            ReadOnlySpan<byte> name = _names.AsSpan(function.Name);
            int end = name.IndexOf((byte)0);
            symbol = new ElfSymbol(Encoding.UTF8.GetString(end < 0 ? name : name[..end]), offset);
            return true;
        }
        return false;
    }

    private static ElfSymbols? Read(FileStream file)
    {
        byte[] header = Bytes(file, 0, HeaderSize);
        if (header.Length < HeaderSize || !header.AsSpan().StartsWith("\u007fELF\u0002"u8))
            return null;
        Words words = new(IsBigEndian: header[5] == 2);
        byte[] segments = Table(file, words.UInt64(header, 32), words.UInt16(header, 54), words.UInt16(header, 56), SegmentSize);
        byte[] sections = Table(file, words.UInt64(header, 40), words.UInt16(header, 58), words.UInt16(header, 60), SectionSize);
        foreach (int type in (ReadOnlySpan<int>)[SymbolTable, DynamicSymbols])
        {
            for (int at = 0; at < sections.Length; at += SectionSize)
            {
                if (words.UInt32(sections, at + 4) != type)
                    continue;
                uint names = words.UInt32(sections, at + 40);
                if (names >= sections.Length / SectionSize)
                    continue;
                byte[] text = Section(file, words, sections, (int)names * SectionSize);
                Entry[] functions = Functions(words, Section(file, words, sections, at), text.Length);
                if (functions.Length > 0)
                    return new ElfSymbols(Segments(words, segments), functions, text);
            }
        }
        return new ElfSymbols([], [], []);
    }

    private static Segment[] Segments(Words words, byte[] table)
    {
        List<Segment> segments = [];
        for (int at = 0; at < table.Length; at += SegmentSize)
        {
            if (words.UInt32(table, at) == LoadedSegment)
                segments.Add(new Segment(words.UInt64(table, at + 8), words.UInt64(table, at + 16), words.UInt64(table, at + 32)));
        }
        return [.. segments];
    }

    /// <summary>The defined functions, in the order of their addresses; of several at one address, the largest.</summary>
    private static Entry[] Functions(Words words, byte[] table, int namesLength)
    {
        List<Entry> functions = [];
        for (int at = 0; at <= table.Length - SymbolSize; at += SymbolSize)
        {
            bool isDefined = words.UInt16(table, at + 6) != 0;
            uint name = words.UInt32(table, at);
            if (isDefined && name < namesLength && (table[at + 4] & 15) is Function or IndirectFunction)
                functions.Add(new Entry(words.UInt64(table, at + 8), words.UInt64(table, at + 16), (int)name));
        }
        return
        [
            .. functions
                .OrderBy(static function => function.Address)
                .ThenByDescending(static function => function.Size)
                .DistinctBy(static function => function.Address),
        ];
    }

    private static byte[] Section(FileStream file, Words words, byte[] sections, int at) =>
        Bytes(file, words.UInt64(sections, at + 24), words.UInt64(sections, at + 32));

    private static byte[] Table(FileStream file, ulong offset, int entrySize, int count, int expectedSize) =>
        entrySize == expectedSize ? Bytes(file, offset, (ulong)(count * expectedSize)) : [];

    /// <returns>A part of the file; empty if the file is shorter.</returns>
    private static byte[] Bytes(FileStream file, ulong offset, ulong length)
    {
        ulong size = (ulong)file.Length;
        if (length > LongestTable || offset > size || length > size - offset)
            return [];
        byte[] bytes = new byte[length];
        file.Position = (long)offset;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : [];
    }

    private int LastAtOrBefore(ulong address)
    {
        int low = 0,
            high = _functions.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_functions[middle].Address <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private readonly record struct Segment(ulong FileOffset, ulong Address, ulong Length);

    private readonly record struct Entry(ulong Address, ulong Size, int Name);

    private readonly record struct Words(bool IsBigEndian)
    {
        public ushort UInt16(byte[] bytes, int at) =>
            IsBigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

        public uint UInt32(byte[] bytes, int at) =>
            IsBigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

        public ulong UInt64(byte[] bytes, int at) =>
            IsBigEndian
                ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
    }
}
