namespace BpfMaps.Tests;

/// <summary>Lets the kernel measure the run time of programs until disposal.</summary>
internal sealed class ProgramStatisticsSwitch : IDisposable
{
    private const string Setting = "/proc/sys/kernel/bpf_stats_enabled";

    private readonly string _before = File.ReadAllText(Setting);

    public ProgramStatisticsSwitch() => File.WriteAllText(Setting, "1");

    public void Dispose() => File.WriteAllText(Setting, _before);
}
