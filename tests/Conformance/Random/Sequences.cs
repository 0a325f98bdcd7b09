using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Runs random sequences on a map and on a model of it, and compares the results step by step.</summary>
/// <remarks>
/// A failing sequence is shrunk, and the message contains its seed; the environment variable <c>CsCheck_Seed</c> repeats it.
/// <c>BPFMAPS_SEQUENCES</c> sets the number of sequences per test, or <c>CsCheck_Time</c> the duration in seconds.
/// </remarks>
internal static class Sequences
{
    private const int Default = 10_000;

    /// <summary>The number of sequences that a test runs.</summary>
    public static int Count { get; } = SequenceCount.Get(Default);

    /// <summary>Runs sequences, each on its own map.</summary>
    /// <param name="steps">The sequences.</param>
    /// <param name="shapes">The shapes of the maps; each sequence selects one.</param>
    /// <param name="create">Creates the map and its model.</param>
    /// <param name="threads">The number of concurrent sequences, if it is not one per processor.</param>
    public static void Check<TShape>(
        Gen<Step[]> steps,
        Gen<TShape> shapes,
        Func<TShape, (Subject Map, MapModel Model)> create,
        int threads = -1
    )
    {
        Gen.Select(shapes, steps)
            .Sample(
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
                print: sequence => $"on {sequence.Item1}: {string.Join("; ", sequence.Item2.Select(step => step.ToString()))}"
            );
    }

    private static void CheckStep(Subject map, MapModel model, Step step, int index)
    {
        string answer = map.Do(step);
        // Without preallocation, the kernel takes elements from small stores, which it refills in the background. Meanwhile an addition
        // fails and changes nothing.
        for (int attempt = 0; answer == "ENOMEM" && attempt < 1000; attempt++)
        {
            Thread.Sleep(1);
            answer = map.Do(step);
        }

        string expected = model.Expect(step, answer);
        Assert.True(answer == expected, $"Step {index}, {step}, returned '{answer}' instead of '{expected}'.");
    }
}
