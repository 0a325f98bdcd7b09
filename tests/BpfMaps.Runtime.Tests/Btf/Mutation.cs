using System.Buffers.Binary;
using System.Text;

namespace BpfMaps.Tests;

/// <summary>Damages a file slightly and reproducibly for a given seed.</summary>
internal static class Mutation
{
    // Limits that lengths, counts, ids and kinds are compared with, and adjacent numbers.
    private static readonly uint[] s_interesting =
    [
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        12,
        16,
        24,
        63,
        64,
        0x7f,
        0x80,
        0xff,
        0x100,
        0xffff,
        0x1_0000,
        0xff_ffff,
        0x7fff_ffff,
        0x8000_0000,
        0xffff_fff0,
        0xffff_ffff,
    ];

    /// <summary>Makes 1 to 4 changes.</summary>
    /// <param name="original">The file; not modified.</param>
    /// <param name="seed">The seed of the changes.</param>
    /// <param name="from">The offset of the part that receives most changes.</param>
    /// <param name="length">The size of that part.</param>
    /// <param name="changes">A description of the changes, to repeat them manually.</param>
    public static byte[] Apply(byte[] original, int seed, int from, int length, StringBuilder changes)
    {
        Random random = new(seed);
        byte[] bytes = (byte[])original.Clone();
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            int at = random.Next(4) == 0 ? random.Next(bytes.Length) : from + random.Next(length);
            at = Math.Min(at, bytes.Length - 1);
            bytes = Change(bytes, at, random, changes);
        }
        return bytes;
    }

    private static byte[] Change(byte[] bytes, int at, Random random, StringBuilder changes)
    {
        int word = Math.Max(0, Math.Min(at & ~3, bytes.Length - 4));
        switch (random.Next(16))
        {
            case 0 when bytes.Length > 8:
                changes.Append($" cut at 0x{at:x};");
                return bytes[..Math.Max(at, 4)];
            case 1:
                int length = random.Next(1, Math.Min(64, bytes.Length - at) + 1);
                int source = random.Next(bytes.Length - length + 1);
                bytes.AsSpan(source, length).CopyTo(bytes.AsSpan(at));
                changes.Append($" 0x{at:x} = {length} bytes of 0x{source:x};");
                return bytes;
            case 2 or 3 or 4:
                bytes[at] ^= (byte)(1 << random.Next(8));
                changes.Append($" 0x{at:x} = {bytes[at]:x2};");
                return bytes;
            case 5:
                bytes[at] = (byte)random.Next(256);
                changes.Append($" 0x{at:x} = {bytes[at]:x2};");
                return bytes;
            default:
                uint value = random.Next(3) == 0 ? (uint)random.Next(200) : s_interesting[random.Next(s_interesting.Length)];
                if (bytes.Length >= 4)
                    BinaryPrimitives.WriteUInt32LittleEndian(
                        bytes.AsSpan(word),
                        random.Next(2) == 0 ? value : BinaryPrimitives.ReverseEndianness(value)
                    );
                changes.Append($" 0x{word:x} = word 0x{value:x} or reversed;");
                return bytes;
        }
    }
}
