namespace BpfMaps.Tests;

/// <summary>Congestion controls of TCP whose links are pinned and updated.</summary>
[Collection(nameof(WholeProcess))]
public sealed class StructOpsTests
{
    private const string Available = "/proc/sys/net/ipv4/tcp_available_congestion_control";

    [Fact]
    public void MapWithLink_StaysRegisteredWhileItsLinkIsPinned()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject congestion = Loaded();

        congestion.GetMap("steady").AttachOrUpdatePinned(pins["steady"]).Dispose();

        AssertRegistered(true);
        using (BpfLink pinned = BpfLink.OpenPinned(pins["steady"]))
        {
            Assert.Equal((BpfLinkType.StructOps, IdOf(congestion)), (pinned.Info.Type, pinned.Info.MapId));
            pinned.Unpin();
        }
        AssertRegistered(false);
    }

    [Fact]
    public void SecondStart_UsesTheNewMapInsteadOfTheOld()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded();
        using BpfObject second = Loaded();
        using BpfLink old = first.GetMap("steady").AttachOrUpdatePinned(pins["steady"]);

        using BpfLink link = second.GetMap("steady").AttachOrUpdatePinned(pins["steady"]);

        Assert.Equal((old.Info.Id, IdOf(second)), (link.Info.Id, link.Info.MapId));
        AssertRegistered(true);
        link.Update(first.GetMap("steady")); // And back, with a map that the kernel has already.
        Assert.Equal(IdOf(first), link.Info.MapId);
    }

    [Fact]
    public void DetachedLink_IsReplaced()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded();
        using BpfObject second = Loaded();
        using BpfLink old = first.GetMap("steady").AttachOrUpdatePinned(pins["steady"]);
        old.Detach();
        AssertRegistered(false);

        using BpfLink link = second.GetMap("steady").AttachOrUpdatePinned(pins["steady"]);

        Assert.NotEqual(old.Info.Id, link.Info.Id);
        AssertRegistered(true);
    }

    [Fact]
    public void StructureOfAnotherName_IsRefusedAndChangesNothing()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject first = Loaded();
        using BpfObject other = BpfObject.OpenMemory(
            ClangCompiler.CompileText(
                File.ReadAllText(ClangCompiler.FixturePath("congestion.bpf.c"))
                    .Replace("bpfmaps_steady", "bpfmaps_other", StringComparison.Ordinal)
            ),
            "other"
        );
        other.GetMap("steady").Flags |= BpfMapFlags.Link;
        other.Load();
        using BpfLink old = first.GetMap("steady").AttachOrUpdatePinned(pins["steady"]);

        BpfException exception = Assert.Throws<BpfException>(() => other.GetMap("steady").AttachOrUpdatePinned(pins["steady"]));

        Assert.Contains("must have the type and the name of the old one", exception.Message, StringComparison.Ordinal);
        Assert.Equal(IdOf(first), old.Info.MapId);
        AssertRegistered(true);
    }

    [Fact]
    public void LinkOfAProgram_IsRefused()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfObject congestion = Loaded();
        links["raw_first"].AttachOrUpdatePinned(pins["link"]).Dispose();

        BpfException exception = Assert.Throws<BpfException>(() => congestion.GetMap("steady").AttachOrUpdatePinned(pins["link"]));

        Assert.Contains("is a link of type RawTracepoint, but StructOps was requested", exception.Message, StringComparison.Ordinal);
        AssertRegistered(false);
    }

    [Fact]
    public void MapWithoutTheFlag_SaysWhatToDo()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject congestion = BpfObject.Open(CompiledFixture.Path("congestion"));
        congestion.Load();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
            congestion.GetMap("steady").AttachOrUpdatePinned(pins["steady"])
        );

        Assert.Contains(".struct_ops.link", exception.Message, StringComparison.Ordinal);
        AssertRegistered(false);
    }

    private static BpfObject Loaded()
    {
        Require.That(Environment.OSVersion.Version >= new Version(6, 4), "linux-6.4", "Linux 6.4 introduced links of struct_ops maps");
        BpfObject congestion = BpfObject.Open(CompiledFixture.Path("congestion"));
        congestion.GetMap("steady").Flags |= BpfMapFlags.Link;
        congestion.Load();
        return congestion;
    }

    private static uint IdOf(BpfObject congestion)
    {
        using RawMap map = congestion.GetMap("steady").Open();
        return map.Info.Id;
    }

    private static void AssertRegistered(bool expected) =>
        Assert.Equal(expected, File.ReadAllText(Available).Contains("bpfmaps_steady", StringComparison.Ordinal));
}
