namespace BpfMaps.Benchmarks;

/// <summary>The duration of a contest.</summary>
/// <param name="Rounds">The number of rounds.</param>
/// <param name="RoundTime">The duration of a round.</param>
/// <param name="FewestPairs">The minimum number of pairs of turns in a round, however long they take.</param>
/// <param name="WarmUps">The number of turns per side in one part of the warm-up. The runtime recompiles a method in the background after
/// 30 calls, and again after another 30.</param>
internal sealed record Effort(int Rounds, TimeSpan RoundTime, int FewestPairs, int WarmUps)
{
    public static Effort Full { get; } = new(9, TimeSpan.FromMilliseconds(500), 7, 40);

    /// <summary>The effort for one of many sizes, whose code is already warm from the smaller ones.</summary>
    public static Effort Growth { get; } = new(3, TimeSpan.FromMilliseconds(150), 1, 4);

    public static Effort Quick { get; } = new(3, TimeSpan.FromMilliseconds(120), 3, 40);
}
