using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps.Metrics.Programs;

/// <summary>The number of runs and the run time of a program, from the /proc entry of its descriptor (Linux 5.1).</summary>
internal readonly record struct ProgramStatistics(double Runs, TimeSpan Time)
{
    private const string Switch = "kernel.bpf_stats_enabled";

    /// <returns><see langword="null"/> if the kernel does not collect statistics, or if the descriptor is closed.</returns>
    public static ProgramStatistics? Read(OwnedDescriptor program)
    {
        bool isHeld = false;
        try
        {
            program.DangerousAddRef(ref isHeld);
            _ = ProcFs.ReadDescriptorInfo((int)program.DangerousGetHandle(), out Dictionary<string, string> info);
            if (!info.TryGetValue("run_cnt", out string? runs) || !info.TryGetValue("run_time_ns", out string? time))
                return null;
            double count = double.Parse(runs, CultureInfo.InvariantCulture);
            if (count == 0 && ProcFs.Setting(Switch) != "1")
                return null;
            return new(count, TimeSpan.FromTicks(long.Parse(time, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick));
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            if (isHeld)
                program.DangerousRelease();
        }
    }
}
