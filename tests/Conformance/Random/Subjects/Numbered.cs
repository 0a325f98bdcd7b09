namespace BpfMaps.Tests;

/// <summary>Converts the numbers of a step to keys and values of a type, and back.</summary>
/// <param name="Of">Converts a number to a value.</param>
/// <param name="NumberOf">Converts a value to its number; -1 if it has none.</param>
internal sealed record Numbered<T>(Func<int, T> Of, Func<T, int> NumberOf);

/// <summary>The converters of the types that random sequences use.</summary>
internal static class Numbered
{
    private const byte Dirt = 0xA0;

    public static Numbered<FlowKey> FlowKey { get; } =
        new(
            number =>
            {
                FlowKey key = default;
                Garbage.Fill(ref key, (byte)(Dirt + number));
                key.Port = (ushort)(number & 3);
                key.Address = (uint)number;
                return key;
            },
            key => key.Port == (key.Address & 3) ? (int)key.Address : -1
        );

    public static Numbered<FlowStats> FlowStats { get; } =
        new(
            number =>
            {
                FlowStats stats = default;
                Garbage.Fill(ref stats, (byte)(Dirt + number));
                stats.Packets = (ulong)number;
                stats.Flags = (byte)number;
                return stats;
            },
            stats => stats.Packets == stats.Flags ? stats.Flags : -1
        );
}
