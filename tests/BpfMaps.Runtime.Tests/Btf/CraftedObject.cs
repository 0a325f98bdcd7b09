using System.Buffers.Binary;
using System.Text;

namespace BpfMaps.Tests;

/// <summary>The smallest BPF object around some BTF.</summary>
internal static class CraftedObject
{
    private const int HeaderSize = 64;

    public static byte[] With(CraftedBtf btf)
    {
        byte[] types = btf.Bytes();
        byte[] names = Encoding.ASCII.GetBytes("\0.BTF\0.shstrtab\0");
        int typesAt = HeaderSize,
            namesAt = typesAt + types.Length,
            headersAt = (namesAt + names.Length + 7) / 8 * 8;
        byte[] file = new byte[headersAt + 3 * HeaderSize];
        Span<byte> header = file;
        "\u007fELF"u8.CopyTo(header);
        file[4] = 2; // 64 bits
        file[5] = 1; // little-endian
        file[6] = 1;
        Put16(header, 16, 1); // ET_REL
        Put16(header, 18, 247); // EM_BPF
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)headersAt);
        Put16(header, 58, HeaderSize);
        Put16(header, 60, 3);
        Put16(header, 62, 2);
        types.CopyTo(header[typesAt..]);
        names.CopyTo(header[namesAt..]);
        Section(header[(headersAt + HeaderSize)..], 1, typesAt, types.Length);
        Section(header[(headersAt + 2 * HeaderSize)..], 6, namesAt, names.Length);
        return file;
    }

    private static void Section(Span<byte> header, uint name, int at, int size)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, name);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 1); // SHT_PROGBITS
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)at);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)size);
    }

    private static void Put16(Span<byte> bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);
}
