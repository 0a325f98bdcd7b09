using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>Links: opening, describing, updating, detaching, listing.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LinkTests
{
    [Fact]
    public void PinnedLink_OpensAgainAndSurvivesItsDisposal()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using (BpfLink first = links["xdp_first"].AttachXdp("lo"))
        {
            first.Pin(pins["link"]);
            Assert.Equal(pins["link"], first.PinPath);
        }

        using (BpfLink again = BpfLink.OpenPinned(pins["link"]))
        {
            Assert.Equal(pins["link"], again.PinPath);
            Assert.Equal(BpfLinkType.Xdp, again.Info.Type);
        }
        LinksObject.SendToSelf();

        Assert.True(links.Hits(0) >= 1, "the program was detached although its link is pinned");
        using (BpfLink last = BpfLink.OpenPinned(pins["link"]))
            last.Unpin();
        links.SendUntilUnseen(0);
        Assert.False(File.Exists(pins["link"]));
    }

    [Fact]
    public void Update_ReplacesTheProgramOfTheLink()
    {
        using LinksObject links = new();
        using BpfLink link = links["xdp_first"].AttachXdp("lo");

        link.Update(links["xdp_second_with_a_long_name"]);
        LinksObject.SendToSelf();

        Assert.Equal(0, links.Hits(0));
        Assert.True(links.Hits(1) >= 1, "the new program saw no packet");
    }

    [Fact]
    public void UpdateWithAnotherProgramExpected_ChangesNothingAndNamesBoth()
    {
        using LinksObject links = new();
        using BpfLink link = links["xdp_first"].AttachXdp("lo");
        using BpfProgram first = links["xdp_first"].Open();
        using BpfProgram second = links["xdp_second_with_a_long_name"].Open();

        BpfException exception = Assert.ThrowsAny<BpfException>(() => link.Update(second, expected: second));

        Assert.Contains($"id {first.Info.Id} is attached", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"id {second.Info.Id} was expected", exception.Message, StringComparison.Ordinal);
        Assert.Equal(first.Info.Id, link.Info.ProgramId);
        link.Update(second, expected: first);
        Assert.Equal(second.Info.Id, link.Info.ProgramId);
    }

    [Fact]
    public void UpdateWithAProgramOfAnotherType_NamesBothTypes()
    {
        using LinksObject links = new();
        using BpfLink link = links["xdp_first"].AttachXdp("lo");

        BpfException exception = Assert.ThrowsAny<BpfException>(() => link.Update(links["tc_first"]));

        Assert.Contains("'tc_first' (SchedCls", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'xdp_first' (Xdp", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkThatCannotBeUpdated_SaysWhatToDoInstead()
    {
        using LinksObject links = new();
        using BpfLink link = links["raw_first"].Attach();

        BpfNotSupportedException exception = Assert.Throws<BpfNotSupportedException>(() => link.Update(links["raw_second"]));

        Assert.Contains("AttachOrUpdatePinned", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RawTracepoint", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detach_EndsTheAttachmentEvenIfItIsPinned()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink link = links["xdp_first"].AttachXdp("lo");
        link.Pin(pins["link"]);

        link.Detach();
        LinksObject.SendToSelf();

        Assert.Equal(0, links.Hits(0));
        Assert.True(link.Info.IsDetached);
        Assert.True(File.Exists(pins["link"]));
        using BpfLink other = links["xdp_first"].AttachXdp("lo");
    }

    [Fact]
    public void LinkThatCannotBeDetached_SaysWhatToDoInstead()
    {
        using LinksObject links = new();
        using BpfLink link = links["raw_first"].Attach();

        BpfNotSupportedException exception = Assert.Throws<BpfNotSupportedException>(link.Detach);

        Assert.Contains("dispose the link", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkToAControlGroup_ShowsItsDirectory()
    {
        using LinksObject links = new();
        string group = Path.Combine(
            Require.Cgroup2(),
            string.Create(CultureInfo.InvariantCulture, $"bpfmaps-link-{Environment.ProcessId}")
        );
        Directory.CreateDirectory(group);
        try
        {
            using BpfLink link = links["egress_first"].AttachCgroup(group);
            Assert.Equal(group, link.Info.Target);
            Assert.Contains($"{group} (cgroup_inet_egress)", link.Info.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    [Fact]
    public void Info_HasTypeProgramAndTarget()
    {
        Require.Feature(KernelFeature.Tcx);
        using LinksObject links = new();
        string cgroup = Require.Cgroup2();
        using BpfLink xdp = links["xdp_first"].AttachXdp("lo");
        using BpfLink tcx = links["tc_first"].AttachTcx("lo", BpfTcDirection.Egress);
        using BpfLink group = links["egress_first"].AttachCgroup(cgroup);
        using BpfLink raw = links["raw_first"].Attach();
        using BpfLink lookup = links["on_lookup"].AttachNetworkNamespace();
        using BpfLink typed = links["on_switch"].Attach();

        using (BpfProgram program = links["xdp_first"].Open())
            Assert.Equal(program.Info.Id, xdp.Info.ProgramId);
        Assert.Equal((BpfLinkType.Xdp, "lo", 1, null), (xdp.Info.Type, xdp.Info.Target, xdp.Info.InterfaceIndex, xdp.Info.AttachType));
        Assert.Equal((BpfLinkType.Tcx, "lo", "tcx_egress"), (tcx.Info.Type, tcx.Info.Target, tcx.Info.AttachType));
        Assert.Equal((BpfLinkType.Cgroup, "cgroup_inet_egress"), (group.Info.Type, group.Info.AttachType));
        Assert.Equal((cgroup, BpfCgroupStorageKey.GetCgroupId(cgroup)), (group.Info.Target, group.Info.CgroupId));
        Assert.Equal((BpfLinkType.RawTracepoint, "sys_enter"), (raw.Info.Type, raw.Info.Target));
        Assert.Equal((BpfLinkType.NetworkNamespace, "sk_lookup"), (lookup.Info.Type, lookup.Info.AttachType));
        Assert.Equal((BpfLinkType.RawTracepoint, "sched_switch"), (typed.Info.Type, typed.Info.Target));
    }

    [Fact]
    public void InfoOfATracepoint_HasItsName()
    {
        Require.TraceFs();
        Require.Feature(KernelFeature.PerfEventInfo);
        using LinksObject links = new();

        using BpfLink link = links["on_exec"].Attach();

        Assert.Equal((BpfLinkType.PerfEvent, "tracepoint sched_process_exec"), (link.Info.Type, link.Info.Target));
    }

    [Fact]
    public void LoadedLinks_AreListedAndOpenById()
    {
        using LinksObject links = new();
        using BpfLink link = links["xdp_first"].AttachXdp("lo");
        uint id = link.Info.Id;

        Assert.Contains(BpfLink.EnumerateLoaded(), info => info.Id == id && info.Type == BpfLinkType.Xdp);
        using (BpfLink same = BpfLink.OpenById(id))
            Assert.Equal(id, same.Info.Id);
        link.Dispose();
        BpfException exception = Assert.Throws<BpfException>(() => BpfLink.OpenById(id));
        Assert.Contains($"No link has the id {id}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PinOfSomethingElse_IsNoLink()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfProgram program = links["xdp_first"].Open();
        program.Pin(pins["program"]);

        BpfException exception = Assert.Throws<BpfException>(() => BpfLink.OpenPinned(pins["program"]));

        Assert.Contains("is not a link", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachmentThatIsNoKernelLink_SaysWhatToUseInstead()
    {
        using LinksObject links = new();
        using BpfLink filter = links["tc_first"].AttachTc("lo", BpfTcDirection.Ingress);

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => filter.Pin("/sys/fs/bpf/none"));

        Assert.Contains("AttachTcx", exception.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => filter.Info);
        filter.Detach();
    }

    [Fact]
    public void DisposedLink_ThrowsObjectDisposed()
    {
        using LinksObject links = new();
        BpfLink link = links["xdp_first"].AttachXdp("lo");
        link.Dispose();
        link.Dispose();

        Assert.Throws<ObjectDisposedException>(() => link.Info);
        Assert.Throws<ObjectDisposedException>(() => link.Pin("/sys/fs/bpf/none"));
        Assert.Throws<ObjectDisposedException>(() => link.Update(links["xdp_first"]));
        Assert.Throws<ObjectDisposedException>(link.Detach);
    }
}
