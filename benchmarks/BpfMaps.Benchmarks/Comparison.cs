using System.Diagnostics;
using System.Globalization;

namespace BpfMaps.Benchmarks;

/// <summary>Runs C and C# in turns and prints one line: the medians, the ratio of every pair of turns, what C# allocated.</summary>
internal static class Comparison
{
    private const int Pairs = 15;

    // The runtime compiles a method twice more, each time after 30 calls and in the background: to watch what it does, and with all optimisations.
    private const int WarmUpRounds = 4;
    private const int WarmUps = 40;

    public static void PrintHeader() =>
        Console.WriteLine($"{"workload",-44} {"C ns",9} {"C# ns",9} {"ratio",7} {"min",6} {"max",6} {"B/op",8}");

    /// <param name="workload">What is done.</param>
    /// <param name="operations">How many operations a turn has.</param>
    /// <param name="peer">A turn in C; gives nanoseconds.</param>
    /// <param name="managed">A turn in C#.</param>
    /// <param name="prepare">What comes before every turn of either, untimed.</param>
    public static void Run(string workload, long operations, Func<ulong> peer, Action managed, Action? prepare = null)
    {
        for (int i = 0; i < WarmUpRounds; i++)
        {
            WarmUp(peer, managed, prepare);
            Thread.Sleep(200);
        }

        double[] native = new double[Pairs], ours = new double[Pairs], ratios = new double[Pairs];
        long allocated = 0;
        for (int i = 0; i < Pairs; i++)
        {
            prepare?.Invoke();
            ulong nanoseconds = peer();
            if (nanoseconds == 0)
                throw new InvalidOperationException($"The C side of '{workload}' failed.");
            native[i] = nanoseconds / (double)operations;
            prepare?.Invoke();
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            managed();
            ours[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            ratios[i] = ours[i] / native[i];
        }

        Array.Sort(ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload,-44} {Median(native),9:F1} {Median(ours),9:F1} {ratios[Pairs / 2],7:F3} {ratios[0],6:F2} {ratios[^1],6:F2} {allocated / (double)(operations * Pairs),8:F3}"));
    }

    private static void WarmUp(Func<ulong> peer, Action managed, Action? prepare)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            prepare?.Invoke();
            peer();
            prepare?.Invoke();
            managed();
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
