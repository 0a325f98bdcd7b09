namespace BpfMaps;

/// <summary>The result of a test run.</summary>
/// <param name="ReturnValue">The return value of the program.</param>
/// <param name="Duration">The average duration of a run, with a resolution of 100 ns.</param>
/// <param name="DataLength">The number of output bytes.</param>
public readonly record struct BpfTestRunResult(int ReturnValue, TimeSpan Duration, int DataLength);
