namespace BpfMaps.Tests;

/// <summary>The number of random sequences that a test runs, which <c>BPFMAPS_SEQUENCES</c> sets.</summary>
internal static class SequenceCount
{
    private const string Variable = "BPFMAPS_SEQUENCES";

    /// <summary>Gets whether the variable is set. Tests of many elements then use fewer, as on emulated processors.</summary>
    public static bool IsSet { get; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Gets the number.</summary>
    /// <param name="usual">The number if the variable is not set.</param>
    public static int Get(int usual) =>
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? usual
        : int.TryParse(text, out int count) && count > 0 ? count
        : throw new InvalidOperationException($"{Variable} is '{text}', which is not a number of sequences.");
}
