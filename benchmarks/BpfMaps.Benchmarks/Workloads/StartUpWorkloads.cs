using System.Diagnostics;

namespace BpfMaps.Benchmarks;

/// <summary>
/// The samples as users publish them, with the JIT and ahead of time: their size, and the time from process start to their work.
/// </summary>
internal static class StartUpWorkloads
{
    private static readonly string[] s_notShipped = [".dbg", ".pdb", ".xml"];

    public static void Run(Session session)
    {
        // Publishing takes minutes, so quick runs skip it.
        if (session.Options.IsQuick && session.Options.Filter is null)
            return;

        QuickStart(session, "start-up: QuickStart, JIT", isAheadOfTime: false);
        QuickStart(session, "start-up: QuickStart, AOT", isAheadOfTime: true);
        SyscallTop(session);
    }

    private static void QuickStart(Session session, string workload, bool isAheadOfTime)
    {
        if (!session.Wants(workload))
            return;

        string peer = Path.Combine(AppContext.BaseDirectory, "quickstart");
        (string program, double size) = Publish(session, "QuickStart", isAheadOfTime);
        session.Run(
            new Contest
            {
                Workload = workload,
                Against = "C, the same in libbpf",
                Operations = 1,
                Theirs = Race.Timed(() => RunToEnd(peer)),
                Ours = Race.Timed(() => RunToEnd(program)),
                CountsAllocations = false,
                Note = $"{Texts.Bytes(size)} published",
            }
        );
    }

    private static void SyscallTop(Session session)
    {
        const string Workload = "start-up: SyscallTop, AOT, until it counts";
        if (!session.Wants(Workload))
            return;

        (string justInTime, double size) = Publish(session, "SyscallTop", isAheadOfTime: false);
        (string aheadOfTime, double sizeAhead) = Publish(session, "SyscallTop", isAheadOfTime: true);
        session.Run(
            new Contest
            {
                Workload = Workload,
                Against = "C#, JIT",
                Operations = 1,
                Theirs = () => RunUntilItSpeaks(justInTime),
                Ours = () => RunUntilItSpeaks(aheadOfTime),
                CountsAllocations = false,
                Note = $"{Texts.Bytes(sizeAhead)} published, {Texts.Bytes(size)} for the runtime",
            }
        );
    }

    private static (string Program, double Size) Publish(Session session, string sample, bool isAheadOfTime)
    {
        string folder = Path.Combine(session.Options.Repository, "artifacts", "benchmarks", $"{sample}-{(isAheadOfTime ? "aot" : "jit")}");
        string project = Path.Combine(session.Options.Repository, "samples", sample);
        ProcessStartInfo start = new(
            "dotnet",
            [
                "publish",
                project,
                "--configuration",
                "Release",
                "--output",
                folder,
                "--verbosity",
                "quiet",
                "--nologo",
                $"-p:PublishAot={isAheadOfTime}",
            ]
        );
        using Process publish = Process.Start(start)!;
        publish.WaitForExit();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"Publishing {sample} failed: dotnet exited with code {publish.ExitCode}.");
        double size = new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !s_notShipped.Contains(file.Extension))
            .Sum(file => file.Length);
        return (Path.Combine(folder, sample), size);
    }

    private static void RunToEnd(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} exited with code {process.ExitCode}.");
    }

    private static double RunUntilItSpeaks(string program)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(
            new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        string? line = process.StandardError.ReadLine();
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        process.Kill();
        process.WaitForExit();
        return line == "Counting..." ? nanoseconds : throw new InvalidOperationException($"{Path.GetFileName(program)} printed '{line}'.");
    }
}
