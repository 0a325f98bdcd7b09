namespace BpfMaps.Tests;

/// <summary>Loaded programs: opening, describing, counting runs, pinning, listing.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LoadedProgramTests
{
    [Fact]
    public void Info_DescribesTheProgram()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        using LinksObject links = new();
        using BpfProgram program = links["xdp_second_with_a_long_name"].Open();

        BpfProgramInfo info = program.Info;

        Assert.Equal(("xdp_second_with_a_long_name", BpfProgramType.Xdp), (info.Name, info.Type));
        Assert.Equal(16, info.Tag.Length);
        Assert.InRange(info.LoadTime, before - TimeSpan.FromSeconds(1), DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1));
        Assert.Contains("hits", info.MapIds.Select(NameOfMap));
        Assert.Equal($"'xdp_second_with_a_long_name' (Xdp, id {info.Id})", info.ToString());
    }

    [Fact]
    public void PinnedProgram_OpensAgain()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfProgram program = links["xdp_first"].Open();
        program.Pin(pins["folder/program"]);

        using BpfProgram again = BpfProgram.OpenPinned(pins["folder/program"]);

        Assert.Equal(program.Info.Id, again.Info.Id);
        Assert.Equal(pins["folder/program"], again.PinPath);
        again.Unpin();
        Assert.False(File.Exists(pins["folder/program"]));
        Assert.Throws<InvalidOperationException>(again.Unpin);
    }

    [Fact]
    public void LoadedPrograms_AreListedAndOpenById()
    {
        using LinksObject links = new();
        using BpfProgram program = links["xdp_first"].Open();
        uint id = program.Info.Id;

        Assert.Contains(BpfProgram.EnumerateLoaded(), info => info.Id == id && info.Name == "xdp_first");
        using BpfProgram same = BpfProgram.OpenById(id);
        Assert.Equal(program.Info.Tag, same.Info.Tag);
    }

    [Fact]
    public void UnknownId_FailsWithIt()
    {
        Require.Kernel();

        BpfException exception = Assert.Throws<BpfException>(() => BpfProgram.OpenById(uint.MaxValue));

        Assert.Contains("No program has the id 4294967295", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PinOfALink_IsNoProgram()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink link = links["raw_first"].Attach();
        link.Pin(pins["link"]);

        BpfException exception = Assert.Throws<BpfException>(() => BpfProgram.OpenPinned(pins["link"]));

        Assert.Contains("is not a program", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_CountRunsWhileTheyAreEnabled()
    {
        using LinksObject links = new();
        using BpfLink link = links["raw_first"].Attach();
        using BpfProgram program = links["raw_first"].Open();

        using (BpfStatistics.Enable())
            KnownCalls.Make();
        BpfProgramInfo counted = program.Info;

        Assert.True(counted.RunCount >= KnownCalls.Count, $"{KnownCalls.Count} calls were made, but {counted.RunCount} runs were counted");
        Assert.True(counted.RunTime > TimeSpan.Zero, "the runs took no time");
    }

    [Fact]
    public void DisposedProgram_ThrowsObjectDisposed()
    {
        using LinksObject links = new();
        BpfProgram program = links["xdp_first"].Open();
        program.Dispose();

        Assert.Throws<ObjectDisposedException>(() => program.Info);
        Assert.Throws<ObjectDisposedException>(() => program.Pin("/sys/fs/bpf/none"));
    }

    private static string NameOfMap(uint id)
    {
        using RawMap map = RawMap.OpenById(id);
        return map.Name ?? "";
    }
}
