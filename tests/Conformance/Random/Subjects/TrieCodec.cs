namespace BpfMaps.Tests;

/// <summary>Prefixes of several lengths on few paths, so that they lie on one another; the last number's is longer than the key.</summary>
internal sealed class TrieCodec(int dataSize, int valueSize) : ElementCodec(valueSize)
{
    private const int TooLong = 16;

    private readonly int[] _lengths = [0, 1, 2, 3, (8 * dataSize) - 1, 8 * dataSize];

    public static bool IsTooLong(int number) => number >= TooLong;

    /// <summary>The bits of the prefix, as text.</summary>
    public string Prefix(int number) => string.Concat(Data(number).Select(part => $"{part:b8}"))[..Length(number)];

    private int Length(int number) => IsTooLong(number) ? 0 : _lengths[number / 3];

    /// <summary>One of three paths; the low bits tell the numbers apart, behind short prefixes where they count for nothing.</summary>
    private byte[] Data(int number)
    {
        byte[] data = new byte[dataSize];
        data[0] = (byte)((number % 3) * 0x60);
        data[^1] |= (byte)number;
        return data;
    }

    public override byte[] Key(int number) => [.. TestMaps.Bytes(IsTooLong(number) ? (8 * dataSize) + 1 : Length(number)), .. Data(number)];

    protected override int KeyNumber(ReadOnlySpan<byte> key) => key[^1] & 0x1F;
}
