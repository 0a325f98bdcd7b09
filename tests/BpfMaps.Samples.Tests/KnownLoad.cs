using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary>System calls that the test makes a known number of times.</summary>
internal static partial class KnownLoad
{
    /// <summary>The collection of tests that make such calls. They run sequentially, because the calls are counted per process.</summary>
    public const string Collection = nameof(KnownLoad);

    private const int Calls = 12_345;

    /// <summary>Runs SyscallTop on this process while it makes its calls.</summary>
    /// <param name="program">SyscallTop, or the program that runs it.</param>
    /// <param name="arguments">The arguments before those of SyscallTop.</param>
    public static async Task AssertSyscallTopCountsItAsync(string program, params string[] arguments)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Process sample = Process.Start(
            new ProcessStartInfo(
                program,
                [.. arguments, "--json", "--seconds", "3", "--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Assert.Equal("Counting...", await sample.StandardError.ReadLineAsync(cancellation));

        for (int i = 0; i < Calls; i++)
            _ = ParentProcess();

        using JsonDocument json = JsonDocument.Parse(await sample.StandardOutput.ReadToEndAsync(cancellation));
        JsonElement call = json
            .RootElement.GetProperty("calls")
            .EnumerateArray()
            .Single(element => element.GetProperty("name").GetString() == "getppid");
        Assert.Equal(Calls, call.GetProperty("calls").GetInt32());
        Assert.Equal(Environment.ProcessId, call.GetProperty("pid").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("lost").GetInt32());
        Assert.True(
            json.RootElement.GetProperty("latency_log2_ns").EnumerateArray().Sum(slot => slot.GetInt64()) >= Calls,
            "not every call was timed"
        );
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "usleep")]
    public static partial int Sleep(uint microseconds);

    /// <summary>Runs a load in a thread of its own, by whose name the kernel distinguishes its system calls.</summary>
    /// <param name="name">The name, at most 15 characters.</param>
    /// <param name="load">The load.</param>
    public static TimeSpan InThread(string name, Func<TimeSpan> load)
    {
        TimeSpan result = default;
        Thread thread = new(() => result = load()) { Name = name };
        thread.Start();
        thread.Join();
        return result;
    }
}
