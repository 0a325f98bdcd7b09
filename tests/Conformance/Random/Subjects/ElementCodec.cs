namespace BpfMaps.Tests;

/// <summary>Writes the numbers of a step as the bytes of keys and values, and reads bytes as numbers again.</summary>
/// <param name="valueSize">Bytes of a value; of all CPUs' for per-CPU kinds.</param>
internal abstract class ElementCodec(int valueSize)
{
    public abstract byte[] Key(int number);

    /// <summary>A value of which every byte depends on the number and on its place, the padding of per-CPU values included.</summary>
    public virtual byte[] Value(int number)
    {
        byte[] value = new byte[valueSize];
        for (int at = 0; at < value.Length; at++)
            value[at] = (byte)(number + (at * 31));
        return value;
    }

    /// <summary>The number that the bytes of a key stand for, or the bytes if they are nobody's.</summary>
    public string KeyText(ReadOnlySpan<byte> key)
    {
        int number = KeyNumber(key);
        return key.SequenceEqual(Key(number)) ? $"{number}" : Convert.ToHexString(key);
    }

    /// <summary>The number that the bytes of a value stand for: 0 for zeroes, or the bytes if they are nobody's.</summary>
    public virtual string ValueText(ReadOnlySpan<byte> value) =>
        !value.ContainsAnyExcept((byte)0) ? "0" : value.SequenceEqual(Value(value[0])) ? $"{value[0]}" : Convert.ToHexString(value);

    /// <summary>The only number that the bytes of a key may stand for.</summary>
    protected abstract int KeyNumber(ReadOnlySpan<byte> key);
}

/// <summary>Keys of any size, of which the first byte differs, or the last, or both.</summary>
internal sealed class BytesCodec(int keySize, int valueSize) : ElementCodec(valueSize)
{
    public override byte[] Key(int number)
    {
        byte[] key = new byte[keySize];
        key[0] = (byte)(number & 3);
        key[^1] += (byte)(number & ~3);
        return key;
    }

    protected override int KeyNumber(ReadOnlySpan<byte> key) => (key[0] & 3) + (key[^1] & ~3);
}

/// <summary>Keys that are indices.</summary>
internal sealed class IndexCodec(int valueSize) : ElementCodec(valueSize)
{
    public override byte[] Key(int number) => TestMaps.Bytes(number);

    protected override int KeyNumber(ReadOnlySpan<byte> key) => BitConverter.ToInt32(key);
}

/// <summary>No keys at all.</summary>
internal sealed class KeylessCodec(int valueSize) : ElementCodec(valueSize)
{
    public override byte[] Key(int number) => [];

    protected override int KeyNumber(ReadOnlySpan<byte> key) => 0;
}
