namespace BpfMaps.Tests;

/// <summary>BPF objects that the tests compile from the sources beside them, once a run.</summary>
internal static class CompiledFixture
{
    /// <summary>The object of a source, such as <c>events</c>; the test wants clang, libbpf and the kernel.</summary>
    public static string Path(string name)
    {
        Require.Kernel();
        Require.Libbpf();
        return Require.Clang().CompileToFile($"{name}.bpf.c");
    }
}
