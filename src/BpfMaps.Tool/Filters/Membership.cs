namespace BpfMaps.Tool.Filters;

/// <summary>Whether an address is in a network: <c>address in 10.0.0.0/8</c>.</summary>
internal sealed class Membership(Expression address, byte[] network, int prefixLength, string source)
    : Expression(ExpressionKind.Condition, source)
{
    public override bool IsTrue(EntryBytes entry)
    {
        ReadOnlySpan<byte> bytes = address.Address(entry);
        (int whole, int bits) = Math.DivRem(prefixLength, 8);
        return bytes[..whole].SequenceEqual(network.AsSpan(0, whole))
            && (bits == 0 || ((bytes[whole] ^ network[whole]) >> (8 - bits)) == 0);
    }
}
