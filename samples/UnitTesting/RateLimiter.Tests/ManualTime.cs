namespace RateLimiting.Tests;

/// <summary>A clock that a test advances.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _nanoseconds = 1_000_000_000;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => _nanoseconds;

    public void Advance(TimeSpan time) => _nanoseconds += (long)time.TotalNanoseconds;
}
