using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Runs random sequences on a map and on a plain model of it, and compares the answers step by step.</summary>
/// <remarks>
/// A failure is shrunk to a short sequence and names its seed; <c>CsCheck_Seed</c> in the environment repeats it. <c>BPFMAPS_SEQUENCES</c> says
/// how many sequences each test runs, and <c>CsCheck_Time</c> how many seconds instead.
/// </remarks>
internal static class Sequences
{
    private const string Variable = "BPFMAPS_SEQUENCES";
    private const int Default = 10_000;

    /// <summary>How many sequences a test runs.</summary>
    public static int Count { get; } = Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text
        ? Default
        : int.TryParse(text, out int count) && count > 0
            ? count
            : throw new InvalidOperationException($"{Variable} is '{text}', and not a number of sequences.");

    /// <summary>Runs sequences, each on a map of its own.</summary>
    /// <param name="steps">The sequences.</param>
    /// <param name="shapes">What the maps are like; each sequence chooses.</param>
    /// <param name="create">Makes the map and its model.</param>
    /// <param name="threads">How many sequences run at once, where it is not one a processor.</param>
    public static void Check<TShape>(Gen<Step[]> steps, Gen<TShape> shapes, Func<TShape, (Subject Map, MapModel Model)> create, int threads = -1)
    {
        TestHost.AnswersLikeLinux(6, 18);
        Gen.Select(shapes, steps).Sample(
            (shape, sequence) =>
            {
                (Subject map, MapModel model) = create(shape);
                using (map)
                {
                    for (int index = 0; index < sequence.Length; index++)
                        CheckStep(map, model, sequence[index], index);
                }
            },
            iter: Count,
            threads: threads,
            print: sequence => $"on {sequence.Item1}: {string.Join("; ", sequence.Item2.Select(step => step.ToString()))}");
    }

    private static void CheckStep(Subject map, MapModel model, Step step, int index)
    {
        string answer = map.Do(step);
        string expected = model.Expect(step, answer);
        Assert.True(answer == expected, $"Step {index}, {step}, came to '{answer}' instead of '{expected}'.");
    }
}
