using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Compiles the C sources in the test project into BPF objects, each once per run.</summary>
internal sealed class ClangCompiler
{
    private static readonly Lazy<string?> s_problem = new(FindProblem);

    private static readonly DateTime s_start = DateTime.UtcNow;

    /// <summary>Whether the objects are next to their sources already: an emulated processor takes seconds to compile each.</summary>
    private static readonly bool s_isCompiled = Environment.GetEnvironmentVariable("BPFMAPS_COMPILED") == "yes";

    private readonly ConcurrentDictionary<(string Source, string Target, string Options), Lazy<byte[]>> _objects = new();

    private ClangCompiler() { }

    public static ClangCompiler Instance { get; } = new();

    public static bool IsUsable([NotNullWhen(false)] out string? reason)
    {
        reason = s_problem.Value;
        return reason is null;
    }

    /// <summary>The folder of the C sources.</summary>
    public static string FixturePath(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    /// <summary>Compiles a fixture.</summary>
    /// <param name="fixture">The name of the file, such as <c>structs.bpf.c</c>.</param>
    /// <param name="target"><c>bpfel</c> or <c>bpfeb</c>.</param>
    /// <param name="options">Additional compiler options.</param>
    /// <returns>The object's bytes.</returns>
    public byte[] Compile(string fixture, string target = "bpfel", params string[] options) =>
        _objects
            .GetOrAdd(
                (fixture, target, string.Join(' ', options)),
                _ =>
                    new(() =>
                        s_isCompiled && target == "bpfel" && options.Length == 0 && File.Exists(ObjectPath(fixture))
                            ? File.ReadAllBytes(ObjectPath(fixture))
                            : Run(FixturePath(fixture), target, ["-g", "-O2", .. options])
                    )
            )
            .Value;

    /// <summary>Compiles a source that a test has made.</summary>
    /// <param name="source">The text.</param>
    /// <param name="target"><c>bpfel</c> or <c>bpfeb</c>.</param>
    /// <returns>The object's bytes.</returns>
    public static byte[] CompileText(string source, string target = "bpfel") => CompileText(source, target, ["-g", "-O2"]);

    /// <summary>Compiles a source that a test has made, with other options than the usual ones.</summary>
    public static byte[] CompileText(string source, string target, string[] options)
    {
        string path = Path.Combine(Path.GetTempPath(), $"bpfmaps_{Guid.NewGuid():N}.bpf.c");
        try
        {
            File.WriteAllText(path, source);
            return Run(path, target, options);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Compiles a fixture into a file next to its source: <c>events.bpf.c</c> becomes <c>events.bpf.o</c>.</summary>
    /// <returns>The object's path.</returns>
    public string CompileToFile(string fixture)
    {
        string path = ObjectPath(fixture);
        lock (_objects)
        {
            if (!File.Exists(path) || (!s_isCompiled && File.GetLastWriteTimeUtc(path) < s_start))
                File.WriteAllBytes(path, Compile(fixture));
        }

        return path;
    }

    private static string ObjectPath(string fixture) => Path.ChangeExtension(FixturePath(fixture), ".o");

    /// <summary>
    /// Compiles a source that a test wrote, without warnings about it and without types. Structs of Linux 7 contain others without a name,
    /// which is an extension of C.
    /// </summary>
    /// <returns>The object's bytes.</returns>
    public static byte[] CompileTextWithoutTypes(string source) => CompileText(source, "bpfel", ["-O0", "-w", "-fms-extensions"]);

    private static byte[] Run(string source, string target, string[] options)
    {
        string output = Path.Combine(Path.GetTempPath(), $"bpfmaps_{Guid.NewGuid():N}.o");
        try
        {
            Processes.Run(
                "clang",
                [
                    .. options,
                    "-Wall",
                    "-target",
                    target,
                    $"-D__TARGET_ARCH_{ProcessorName()}",
                    "-I",
                    IncludePath(),
                    "-c",
                    source,
                    "-o",
                    output,
                ]
            );
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>
    /// The folder where Debian keeps the machine's headers (asm/types.h), which a compiler for another target does not search.
    /// </summary>
    private static string IncludePath() =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "/usr/include/x86_64-linux-gnu",
            Architecture.Arm64 => "/usr/include/aarch64-linux-gnu",
            Architecture.RiscV64 => "/usr/include/riscv64-linux-gnu",
            Architecture.S390x => "/usr/include/s390x-linux-gnu",
            Architecture.Ppc64le => "/usr/include/powerpc64le-linux-gnu",
            _ => "/usr/include",
        };

    /// <summary>libbpf's name of the processor, which determines the registers in its headers.</summary>
    private static string ProcessorName() =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x86",
            Architecture.RiscV64 => "riscv",
            Architecture.S390x => "s390",
            Architecture.Ppc64le => "powerpc",
            Architecture other => other.ToString().ToLowerInvariant(),
        };

    private static string? FindProblem()
    {
        if (Processes.TryRun("clang", "-print-targets") is not { ExitCode: 0, Output: string targets })
            return "clang is not installed (Debian: clang)";
        if (!targets.Contains("bpf", StringComparison.Ordinal))
            return "this clang does not support the BPF target";
        return File.Exists("/usr/include/bpf/bpf_helpers.h") ? null : "libbpf's headers are not installed (Debian: libbpf-dev)";
    }
}
