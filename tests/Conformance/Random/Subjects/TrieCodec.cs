namespace BpfMaps.Tests;

/// <summary>
/// Prefixes of several lengths on few paths, so that many contain each other. The prefix of the last number is longer than the key.
/// </summary>
internal sealed class TrieCodec(int dataSize, int valueSize) : ElementCodec(valueSize, valueSize)
{
    private const int TooLong = 16;

    private readonly int[] _lengths = [0, 1, 2, 3, (8 * dataSize) - 1, 8 * dataSize];

    public static bool IsTooLong(int number) => number >= TooLong;

    /// <summary>Gets the bits of the prefix as text.</summary>
    public string Prefix(int number) => string.Concat(Data(number).Select(part => $"{part:b8}"))[..Length(number)];

    private int Length(int number) => IsTooLong(number) ? 0 : _lengths[number / 3];

    /// <summary>Gets one of three paths. The low bits distinguish the numbers; after short prefixes they are ignored.</summary>
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
