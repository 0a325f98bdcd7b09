namespace BpfMaps.Tests;

/// <summary>Loads of objects whose maps are pinned already.</summary>
[Collection(nameof(WholeProcess))]
public sealed class PinnedMapCheckTests
{
    [Fact]
    public void SameVersion_UsesThePinnedMaps()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded(pins, version: 1);
        using BpfObject second = Loaded(pins, version: 1);

        foreach (string name in (string[])["limits", "drops", "events"])
        {
            using RawMap before = first.GetMap(name).Open(),
                after = second.GetMap(name).Open();
            Assert.Equal(before.Info.Id, after.Info.Id);
        }
    }

    [Fact]
    public void OtherFieldsOfTheSameSize_FailBeforeAnythingIsWritten()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded(pins, version: 1);
        using RawMap map = first.GetMap("limits").Open();
        byte[] key = [1, 0, 0, 0],
            value = [.. Enumerable.Range(1, 16).Select(number => (byte)number)];
        map.Update(key, value);
        int programs = BpfProgram.EnumerateLoaded().Count(program => program.Name == "limit");

        BpfMapMismatchException exception = Assert.Throws<BpfMapMismatchException>(() => Loaded(pins, version: 2));

        Assert.Contains($"pinned at '{pins["limits"]}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'burst'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("at offset 0, field 'rate'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("remove the pin", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("C#", exception.Message, StringComparison.Ordinal);
        Assert.Equal(programs, BpfProgram.EnumerateLoaded().Count(program => program.Name == "limit"));
        byte[] read = new byte[16];
        Assert.True(map.TryLookup(key, read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void OtherSizeAndCapacity_AreBothNamed()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded(pins, version: 1);

        BpfMapMismatchException exception = Assert.Throws<BpfMapMismatchException>(() => Loaded(pins, version: 3));

        Assert.Equal(
            ["map 'limits': value_size is 16, but 24 is defined", "map 'limits': max_entries is 16, but 32 is defined"],
            exception.Differences
        );
        Assert.Equal("limits", exception.MapName);
    }

    [Fact]
    public void SeveralMaps_AreNamedInOneMessage()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded(pins, version: 1);
        using BpfObject second = Open(pins, version: 3);
        second.GetMap("drops").MaxEntries = 8192;

        BpfMapMismatchException exception = Assert.Throws<BpfMapMismatchException>(second.Load);

        Assert.Contains($"'{pins["limits"]}' does not match map 'limits'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"'{pins["drops"]}' does not match map 'drops': max_entries is 4096, but 8192 is defined",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void PinOfSomethingElse_IsNamed()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfProgram program = links["xdp_first"].Open();
        program.Pin(pins["limits"]);

        BpfException exception = Assert.Throws<BpfException>(() => Loaded(pins, version: 1));

        Assert.Contains($"'{pins["limits"]}' is not a map", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapThatTheLoadPinned_CanBeUnpinned()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject loaded = Loaded(pins, version: 1);
        using RawMap map = loaded.GetMap("limits").Open();

        Assert.Equal(pins["limits"], map.PinPath);
        map.Unpin();

        Assert.False(File.Exists(pins["limits"]));
    }

    private static BpfObject Loaded(PinDirectory pins, int version)
    {
        BpfObject opened = Open(pins, version);
        try
        {
            opened.Load();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static BpfObject Open(PinDirectory pins, int version)
    {
        Require.Libbpf();
        byte[] data = Require.Clang().Compile("shaped.bpf.c", "bpfel", $"-DVERSION={version}");
        return BpfObject.OpenMemory(data, "shaped", new BpfObjectOptions { PinRoot = pins.Path });
    }
}
