namespace BpfMaps.Tests;

/// <summary>BPF objects that are compiled from the sources in the test project, once per run.</summary>
internal static class CompiledFixture
{
    /// <summary>Gets the object of a source, such as <c>events</c>. Requires clang, libbpf and the kernel.</summary>
    public static string Path(string name)
    {
        Require.Kernel();
        Require.Libbpf();
        return Require.Clang().CompileToFile($"{name}.bpf.c");
    }
}
