using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>Runs a block as a separate process, as a reader would.</summary>
internal static class SnippetRun
{
    // Each run has its own BPF file system and its own network, so that pins and interfaces of different runs do not interfere.
    private const string WithOwnPins = "mount -t bpf bpf /sys/fs/bpf && ip link set lo up && exec \"$@\"";

    /// <summary>Runs a program and expects success.</summary>
    /// <returns>The output of the program.</returns>
    public static string Run(Snippet snippet)
    {
        RequireWhatItUses(snippet);
        string folder = Directory.CreateTempSubdirectory("bpfmaps_docs_").FullName;
        try
        {
            string program = Path.Combine(folder, "Page.dll");
            snippet.Emit(program);
            File.Copy(
                Path.Combine(AppContext.BaseDirectory, "BpfMaps.Docs.Tests.runtimeconfig.json"),
                Path.ChangeExtension(program, ".runtimeconfig.json")
            );
            foreach (string library in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(IsBeside))
                File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(library)), library);
            foreach (BpfSource source in snippet.Objects)
                File.WriteAllBytes(Path.Combine(folder, source.ObjectName), source.Bytes);

            (int exitCode, string output, string errors) = Processes.TryRun(
                "unshare",
                "--mount",
                "--net",
                "sh",
                "-c",
                WithOwnPins,
                "sh",
                "dotnet",
                program
            );
            Assert.True(exitCode == 0, $"{snippet.Block}: the program exited with code {exitCode}.\n{errors}{output}");
            return output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsBeside(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] beside =
        [
            "BpfMaps.Runtime",
            "BpfMaps.Libbpf",
            "BpfMaps.InMemory",
            "BpfMaps.Metrics",
            "BpfMaps.Queries",
            "BpfMaps.Symbols",
        ];
        return beside.Contains(name) || Facts.IsNeeded(path);
    }

    private static void RequireWhatItUses(Snippet snippet)
    {
        Require.Kernel();
        Require.Root();
        Require.BpfFs().Dispose();
        if (!snippet.Objects.IsEmpty)
            Require.Libbpf();
    }
}
