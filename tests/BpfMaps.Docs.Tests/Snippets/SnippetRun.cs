using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>A block as a process of its own, as a reader would run it.</summary>
internal static class SnippetRun
{
    // Pins of one run are not those of another: each has a BPF file system of its own.
    private const string WithOwnPins = "mount -t bpf bpf /sys/fs/bpf && exec \"$@\"";

    /// <summary>Runs a program to its end, which has to be a good one.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(Snippet snippet)
    {
        RequireWhatItUses(snippet);
        string folder = Directory.CreateTempSubdirectory("bpfmaps_docs_").FullName;
        try
        {
            string program = Path.Combine(folder, "Page.dll");
            snippet.Emit(program);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "BpfMaps.Docs.Tests.runtimeconfig.json"), Path.ChangeExtension(program, ".runtimeconfig.json"));
            foreach (string library in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(IsBeside))
                File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(library)), library);
            foreach (BpfSource source in snippet.Objects)
                File.WriteAllBytes(Path.Combine(folder, source.ObjectName), source.Bytes);

            (int exitCode, string output, string errors) = Processes.TryRun("unshare", "--mount", "sh", "-c", WithOwnPins, "sh", "dotnet", program);
            Assert.True(exitCode == 0, $"{snippet.Block}: the program ended with {exitCode}.\n{errors}{output}");
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
        return name is "BpfMaps.Runtime" or "BpfMaps.Libbpf" or "BpfMaps.InMemory" || Facts.IsNeeded(path);
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
