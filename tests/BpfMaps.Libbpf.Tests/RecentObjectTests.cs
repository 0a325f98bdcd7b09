using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of maps in objects that older kernels do not have.</summary>
public sealed class RecentObjectTests
{
    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("recent")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("recent.bpf.layout")));
    }

    [Fact]
    public void Storages_AreOpenedAsDeclared()
    {
        Require.MapType(BpfMapType.Arena);
        using RecentObject recent = RecentObject.Open(CompiledFixture.Path("recent"));
        recent.Load();

        recent.TaskNotes.Set(Environment.ProcessId, new() { Count = 3, Reason = 4 });

        Assert.True(recent.TaskNotes.TryGetValue(Environment.ProcessId, out RecentObject.Note note));
        Assert.Equal((3ul, 4u), (note.Count, note.Reason));
        Assert.False(recent.GroupNotes.ContainsKey(Require.Cgroup2()));
        Assert.Equal(BpfMapType.Arena, recent.Memory.Info.Type);
    }
}
