namespace RateLimiting;

/// <summary>How much each source may send.</summary>
/// <param name="PerSecond">How many tokens come back in a second.</param>
/// <param name="Burst">How many tokens a source has at most, and at first.</param>
public sealed record RateLimit(ulong PerSecond, ulong Burst);
