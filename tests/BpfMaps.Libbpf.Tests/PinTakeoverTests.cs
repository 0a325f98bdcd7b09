namespace BpfMaps.Tests;

/// <summary>Links that outlive the process that attached them, and are taken over by the next one.</summary>
[Collection(nameof(WholeProcess))]
public sealed class PinTakeoverTests
{
    // The kernel detaches programs of removed pins in the background, also those of the test before.
    public PinTakeoverTests() => LinksObject.AwaitDetachment("lo");

    [Fact]
    public void FirstStart_AttachesAndPins()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();

        string path = pins["guard/link"];
        links["xdp_first"].AttachOrUpdatePinned(path, program => program.AttachXdp("lo")).Dispose();
        LinksObject.SendToSelf();

        Assert.True(links.Hits(0) >= 1, "the program was detached with the link object");
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("xdp")]
    [InlineData("tcx")]
    [InlineData("cgroup")]
    [InlineData("raw")]
    public void SecondStart_RunsTheNewProgramInsteadOfTheOld(string hook)
    {
        if (hook == "tcx")
            Require.Feature(KernelFeature.Tcx);
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        (string old, string replacement, int slot, Func<BpfObjectProgram, BpfLink> attach, Action act) = Hook(hook);
        string path = pins["link"];
        using BpfLink first = links[old].AttachOrUpdatePinned(path, attach);
        uint firstId = first.Info.Id;
        first.Dispose();

        using BpfLink second = links[replacement].AttachOrUpdatePinned(path, attach);
        AssertReplaced(links, slot, act);

        using BpfLink pinned = BpfLink.OpenPinned(path);
        Assert.Equal(second.Info.Id, pinned.Info.Id);
        Assert.Equal(path, second.PinPath);
        if (hook != "raw")
            Assert.Equal(firstId, second.Info.Id);
        Assert.Equal(["link"], Directory.GetFiles(pins.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void SectionWithTarget_NeedsNoFunction()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        links["raw_first"].AttachOrUpdatePinned(pins["link"]).Dispose();

        using BpfLink second = links["raw_second"].AttachOrUpdatePinned(pins["link"]);

        AssertReplaced(links, 6, static () => KnownCalls.Make());
    }

    [Fact]
    public void PinnedLinkOfAnotherInterface_IsRefusedAndKept()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using VethPair veth = new();
        using BpfLink first = links["xdp_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachXdp(veth.Name));
        uint program = first.Info.ProgramId;

        BpfException exception = Assert.Throws<BpfException>(() =>
            links["xdp_second_with_a_long_name"].AttachOrUpdatePinned(pins["link"], second => second.AttachXdp("lo"))
        );

        Assert.Contains($"is attached to {veth.Name}, but lo was requested", exception.Message, StringComparison.Ordinal);
        Assert.Contains(pins["link"], exception.Message, StringComparison.Ordinal);
        Assert.Equal(program, first.Info.ProgramId);
    }

    [Fact]
    public void PinnedLinkOfAnotherType_IsRefused()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink first = links["xdp_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachXdp("lo"));

        BpfException tcx = Assert.Throws<BpfException>(() =>
            links["tc_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachTcx("lo", BpfTcDirection.Ingress))
        );
        BpfException raw = Assert.Throws<BpfException>(() => links["raw_first"].AttachOrUpdatePinned(pins["link"]));

        Assert.Contains("is a link of type Xdp, but Tcx was requested", tcx.Message, StringComparison.Ordinal);
        Assert.Contains("is a link of type Xdp, but RawTracepoint was requested", raw.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PinnedLinkOfAnotherTracepoint_IsRefused()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink first = links["raw_first"].AttachOrUpdatePinned(pins["link"]);

        BpfException exception = Assert.Throws<BpfException>(() => links["raw_elsewhere"].AttachOrUpdatePinned(pins["link"]));

        Assert.Contains("is attached to sys_enter, but sys_exit was requested", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["link"], Directory.GetFiles(pins.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void PinWhoseInterfaceIsGone_IsAttachedAgain()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using VethPair veth = new();
        links["xdp_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachXdp(veth.Name)).Dispose();
        veth.Remove();
        veth.Create();

        using BpfLink link = links["xdp_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachXdp(veth.Name));

        Assert.Equal(veth.Name, link.Info.Target);
        using BpfLink pinned = BpfLink.OpenPinned(pins["link"]);
        Assert.Equal(link.Info.Id, pinned.Info.Id);
        Assert.False(pinned.Info.IsDetached);
    }

    [Fact]
    public void LeftoverOfAKilledProcess_IsRemoved()
    {
        Require.Feature(KernelFeature.RawTracepointCookies); // Both programs are attached twice for a moment.
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        links["raw_first"].AttachOrUpdatePinned(pins["link"]).Dispose();
        using (BpfLink leftover = links["raw_first"].Attach())
            leftover.Pin(pins["link_new"]);

        using BpfLink link = links["raw_second"].AttachOrUpdatePinned(pins["link"]);

        AssertReplaced(links, 6, static () => KnownCalls.Make());
        Assert.False(File.Exists(pins["link_new"]));
    }

    [Fact]
    public void FunctionThatAttachesNothing_IsAnError()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink other = links["raw_first"].Attach();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
            links["raw_second"].AttachOrUpdatePinned(pins["link"], _ => other)
        );

        Assert.Contains("raw_second", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachmentThatCannotBePinned_IsDetachedAgain()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() =>
            links["tc_first"].AttachOrUpdatePinned(pins["link"], program => program.AttachTc("lo", BpfTcDirection.Ingress))
        );
        LinksObject.SendToSelf();

        Assert.Contains("AttachTcx", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, links.Hits(2));
    }

    [Fact]
    public void Takeover_LosesNoEvent()
    {
        Require.Feature(KernelFeature.RawTracepointCookies); // Both programs are attached twice for a moment.
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        links["raw_first"].AttachOrUpdatePinned(pins["raw"]).Dispose();
        links["xdp_first"].AttachOrUpdatePinned(pins["xdp"], program => program.AttachXdp("lo")).Dispose();
        long sent = 0;
        bool ends = false;
        Thread sender = new(() =>
        {
            while (!Volatile.Read(ref ends))
            {
                LinksObject.SendToSelf();
                KnownCalls.Make();
                Interlocked.Increment(ref sent);
            }
        });
        sender.Start();

        for (int i = 0; i < 100; i++)
        {
            bool isEven = i % 2 == 0;
            links[isEven ? "raw_second" : "raw_first"].AttachOrUpdatePinned(pins["raw"]).Dispose();
            links[isEven ? "xdp_second_with_a_long_name" : "xdp_first"]
                .AttachOrUpdatePinned(pins["xdp"], program => program.AttachXdp("lo"))
                .Dispose();
        }
        Volatile.Write(ref ends, true);
        sender.Join();

        // Two raw tracepoint programs run for a moment, so calls may be counted twice, but none is missed.
        long calls = links.Hits(6) + links.Hits(7),
            packets = links.Hits(0) + links.Hits(1);
        Assert.True(calls >= sent * KnownCalls.Count, $"{sent * KnownCalls.Count} calls were made, but only {calls} were seen");
        Assert.True(packets >= sent, $"{sent} packets were sent, but only {packets} were seen");
    }

    /// <summary>
    /// Checks that the new program runs for each event, and that the old one stops; the kernel detaches the link of a removed pin in the
    /// background.
    /// </summary>
    private static void AssertReplaced(LinksObject links, int oldSlot, Action act)
    {
        long Runs(int slot)
        {
            long before = links.Hits(slot);
            act();
            return links.Hits(slot) - before;
        }

        Assert.True(SpinWait.SpinUntil(() => Runs(oldSlot) == 0, TimeSpan.FromSeconds(30)), "the old program still runs");
        Assert.True(Runs(oldSlot + 1) >= 1, "the new program does not run");
    }

    private static (string Old, string New, int Slot, Func<BpfObjectProgram, BpfLink> Attach, Action Act) Hook(string hook) =>
        hook switch
        {
            "xdp" => ("xdp_first", "xdp_second_with_a_long_name", 0, static program => program.AttachXdp("lo"), LinksObject.SendToSelf),
            "tcx" => (
                "tc_first",
                "tc_second",
                2,
                static program => program.AttachTcx("lo", BpfTcDirection.Ingress),
                LinksObject.SendToSelf
            ),
            "cgroup" => (
                "egress_first",
                "egress_second",
                4,
                static program => program.AttachCgroup(Require.Cgroup2()),
                LinksObject.SendToSelf
            ),
            _ => ("raw_first", "raw_second", 6, static program => program.Attach(), static () => KnownCalls.Make()),
        };
}
