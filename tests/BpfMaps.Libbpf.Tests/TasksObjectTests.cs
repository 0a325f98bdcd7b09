using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of storage of threads and control groups: this process and programs see the same values.</summary>
[Collection(nameof(WholeProcess))]
public sealed partial class TasksObjectTests
{
    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("tasks")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("tasks.bpf.layout")));
    }

    [Fact]
    public void ValuesOfAThreadAndItsControlGroup_AreUpdatedByAProgramThatSeesItsCalls()
    {
        Require.Feature(KernelFeature.ThreadOwners);
        string root = Require.Cgroup2();
        using TasksObject tasks = TasksObject.Open(CompiledFixture.Path("tasks"));
        tasks.Load();
        int thread = ThreadId();
        tasks.Tasks.Set(thread, default);
        tasks.Groups.Set(OwnGroup(root), new() { Count = 1 });

        using (tasks.OnCall.Attach())
            KnownCalls.Make();

        Assert.True(tasks.Tasks.TryGetValue(thread, out TasksObject.Note calls));
        Assert.True(calls.Count >= KnownCalls.Count, $"{calls.Count} of {KnownCalls.Count} calls were counted");
        Assert.True(tasks.Groups.TryGetValue(OwnGroup(root), out TasksObject.Note groupCalls));
        Assert.Equal(calls.Count + 1, groupCalls.Count);
    }

    /// <summary>Gets the directory of the version 2 control group of this process.</summary>
    private static string OwnGroup(string root) =>
        root + File.ReadLines("/proc/self/cgroup").Single(static line => line.StartsWith("0::", StringComparison.Ordinal))[3..];

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadId();
}
