namespace BpfMaps.Tests;

/// <summary>Programs that maps take beside an interface or a CPU are loaded for that (<c>enum bpf_attach_type</c>).</summary>
internal static class RedirectPrograms
{
    private const int ForDevices = 33;
    private const int ForCpus = 35;

    public static TestProgram ForDevice() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForDevices);

    public static TestProgram ForCpu() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForCpus);
}
