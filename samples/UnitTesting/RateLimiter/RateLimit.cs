namespace RateLimiting;

/// <summary>A limit per source.</summary>
/// <param name="PerSecond">Tokens added per second.</param>
/// <param name="Burst">The initial and maximum number of tokens.</param>
public sealed record RateLimit(ulong PerSecond, ulong Burst);
