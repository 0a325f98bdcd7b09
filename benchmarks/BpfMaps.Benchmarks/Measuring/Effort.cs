namespace BpfMaps.Benchmarks;

/// <summary>How long a contest takes.</summary>
/// <param name="Rounds">How many rounds there are.</param>
/// <param name="RoundTime">How long a round goes on.</param>
/// <param name="FewestPairs">Pairs of turns that a round has at least, however long they take.</param>
/// <param name="WarmUps">Turns of each side in one part of the warm-up. The runtime compiles a method again after 30 calls, in the background, and once more after another 30.</param>
internal sealed record Effort(int Rounds, TimeSpan RoundTime, int FewestPairs, int WarmUps)
{
    public static Effort Full { get; } = new(9, TimeSpan.FromMilliseconds(500), 7, 40);

    /// <summary>For one size of many, whose code is warm from the smaller ones.</summary>
    public static Effort Growth { get; } = new(3, TimeSpan.FromMilliseconds(150), 1, 4);

    public static Effort Quick { get; } = new(3, TimeSpan.FromMilliseconds(120), 3, 40);
}
