namespace BpfMaps.Tests;

/// <summary>Converts the numbers of a step to the bytes of keys and values, and back.</summary>
/// <param name="valueSize">The size of a value in bytes; for per-CPU types, of all CPUs' values.</param>
/// <param name="slotSize">The size of one CPU's value without padding; the size of the value for other types.</param>
internal abstract class ElementCodec(int valueSize, int slotSize)
{
    public abstract byte[] Key(int number);

    /// <summary>
    /// Creates a value whose bytes all depend on the number and on their position, including the padding of per-CPU values if the kernel
    /// keeps it.
    /// </summary>
    public virtual byte[] Value(int number)
    {
        byte[] value = new byte[valueSize];
        int stride = (slotSize + 7) / 8 * 8;
        for (int at = 0; at < value.Length; at++)
            value[at] = OtherKernel.HasCpuFlags && at % stride >= slotSize ? (byte)0 : (byte)(number + (at * 31));
        return value;
    }

    /// <summary>Converts the bytes of a key to its number, or to hex if they are not a valid key.</summary>
    public string KeyText(ReadOnlySpan<byte> key)
    {
        int number = KeyNumber(key);
        return key.SequenceEqual(Key(number)) ? $"{number}" : Convert.ToHexString(key);
    }

    /// <summary>Converts the bytes of a value to its number, 0 for zeros, or to hex if they are not a valid value.</summary>
    public virtual string ValueText(ReadOnlySpan<byte> value) =>
        !value.ContainsAnyExcept((byte)0) ? "0"
        : value.SequenceEqual(Value(value[0])) ? $"{value[0]}"
        : Convert.ToHexString(value);

    /// <summary>Converts the bytes of a key to the only number that they can represent.</summary>
    protected abstract int KeyNumber(ReadOnlySpan<byte> key);
}

/// <summary>Keys of any size that differ in the first byte, the last byte, or both.</summary>
internal sealed class BytesCodec(int keySize, int valueSize, int slotSize) : ElementCodec(valueSize, slotSize)
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
internal sealed class IndexCodec(int valueSize, int slotSize) : ElementCodec(valueSize, slotSize)
{
    public override byte[] Key(int number) => TestMaps.Bytes(number);

    protected override int KeyNumber(ReadOnlySpan<byte> key) => BitConverter.ToInt32(key);
}

/// <summary>For maps without keys.</summary>
internal sealed class KeylessCodec(int valueSize) : ElementCodec(valueSize, valueSize)
{
    public override byte[] Key(int number) => [];

    protected override int KeyNumber(ReadOnlySpan<byte> key) => 0;
}
