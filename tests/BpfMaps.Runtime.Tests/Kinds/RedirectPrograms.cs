namespace BpfMaps.Tests;

/// <summary>The attach types of programs that maps store with an interface or a CPU (<c>enum bpf_attach_type</c>).</summary>
internal static class RedirectPrograms
{
    private const int ForDevices = 33;
    private const int ForCpus = 35;

    public static TestProgram ForDevice() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForDevices);

    public static TestProgram ForCpu() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForCpus);
}
