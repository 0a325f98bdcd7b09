using System.Buffers.Binary;
using System.Text;

namespace BpfMaps.Tests;

/// <summary>An ELF file of 64 bits with one segment and a symbol table.</summary>
internal static class CraftedElf
{
    public const int SegmentOffset = 0x1000;
    public const int SegmentAddress = 0x401000;
    public const int SymbolTable = 2; // SHT_SYMTAB
    public const int DynamicSymbols = 11; // SHT_DYNSYM

    /// <param name="functions">The functions; their addresses count from the start of the segment.</param>
    /// <param name="tableType">The type of the symbol table.</param>
    /// <param name="isBigEndian">The byte order.</param>
    public static byte[] Create(IEnumerable<(string Name, ulong Address, ulong Size)> functions, int tableType, bool isBigEndian)
    {
        const int Segments = 64,
            Sections = 128,
            Symbols = 512;
        byte[] file = new byte[8192];
        "\u007fELF\u0002"u8.CopyTo(file);
        file[5] = isBigEndian ? (byte)2 : (byte)1;
        Write(32, 8, Segments);
        Write(40, 8, Sections);
        Write(54, 2, 56);
        Write(56, 2, 1);
        Write(58, 2, 64);
        Write(60, 2, 3);

        Write(Segments, 4, 1);
        Write(Segments + 8, 8, SegmentOffset);
        Write(Segments + 16, 8, SegmentAddress);
        Write(Segments + 32, 8, 0x1000);

        StringBuilder names = new("\0");
        int at = Symbols;
        foreach ((string name, ulong address, ulong size) in functions)
        {
            Write(at, 4, (ulong)names.Length);
            file[at + 4] = 2; // STT_FUNC
            Write(at + 6, 2, 1);
            Write(at + 8, 8, SegmentAddress + address);
            Write(at + 16, 8, size);
            names.Append(name).Append('\0');
            at += 24;
        }
        Section(1, tableType, Symbols, at - Symbols, link: 2);
        Encoding.ASCII.GetBytes(names.ToString()).CopyTo(file, at);
        Section(2, 3, at, names.Length, link: 0);
        return file;

        void Section(int index, int type, int offset, int size, uint link)
        {
            int section = Sections + index * 64;
            Write(section + 4, 4, (ulong)type);
            Write(section + 24, 8, (ulong)offset);
            Write(section + 32, 8, (ulong)size);
            Write(section + 40, 4, link);
        }

        void Write(int offset, int size, ulong value)
        {
            Span<byte> bytes = stackalloc byte[8];
            if (isBigEndian)
                BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
            else
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            (isBigEndian ? bytes[(8 - size)..] : bytes[..size]).CopyTo(file.AsSpan(offset));
        }
    }
}
