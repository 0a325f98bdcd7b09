using System.Globalization;

namespace BpfMaps;

/// <summary>The result of a test run.</summary>
public readonly struct BpfTestRunResult
{
    internal BpfTestRunResult(int returnValue, TimeSpan duration, int dataLength) =>
        (ReturnValue, Duration, DataLength) = (returnValue, duration, dataLength);

    /// <summary>Gets the return value of the program.</summary>
    public int ReturnValue { get; }

    /// <summary>Gets the average duration of a run, with a resolution of 100 ns.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets the number of output bytes.</summary>
    public int DataLength { get; }

    /// <summary>Returns the return value, the duration and the number of output bytes as text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"returned {ReturnValue} after {Duration}, {DataLength} bytes of output");
}
