using System.Collections.Concurrent;
using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>BPF objects that the tests compile from the sources beside them, once a run.</summary>
internal static class CompiledFixture
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_objects = new();

    /// <summary>The object of a source, such as <c>events</c>; the test wants clang, libbpf and the kernel.</summary>
    public static string Path(string name)
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang();
        return s_objects.GetOrAdd(name, static name => new Lazy<string>(() => Compile(name))).Value;
    }

    private static string Compile(string name)
    {
        string fixtures = System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures");
        string output = System.IO.Path.Combine(fixtures, $"{name}.bpf.o");
        using Process clang = Process.Start(new ProcessStartInfo("clang")
        {
            ArgumentList = { "-g", "-O2", "-target", "bpf", "-I/usr/include/x86_64-linux-gnu", "-c", System.IO.Path.Combine(fixtures, $"{name}.bpf.c"), "-o", output },
            RedirectStandardError = true,
        })!;
        string errors = clang.StandardError.ReadToEnd();
        clang.WaitForExit();
        Assert.True(clang.ExitCode == 0, $"clang did not compile {name}.bpf.c:\n{errors}");
        return output;
    }
}
