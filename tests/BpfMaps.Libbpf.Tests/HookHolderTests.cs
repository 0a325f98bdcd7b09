namespace BpfMaps.Tests;

/// <summary>Messages about hooks that are taken.</summary>
[Collection(nameof(WholeProcess))]
public sealed class HookHolderTests
{
    [Fact]
    public void TakenInterface_NamesTheLinkItsProgramItsPinAndItsProcess()
    {
        using PinDirectory pins = Require.BpfFs();
        using LinksObject links = new();
        using BpfLink holder = links["xdp_second_with_a_long_name"].AttachXdp("lo");
        holder.Pin(pins["held"]);

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => links["xdp_first"].AttachXdp("lo"));

        Assert.Equal("EBUSY", exception.ErrnoName);
        Assert.Contains($"Link {holder.Info.Id} holds lo", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'xdp_second_with_a_long_name' (Xdp", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"pinned at '{pins["held"]}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("open in this process", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AttachOrUpdatePinned", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InterfaceTakenWithoutALink_NamesTheProgramAndHowToDetachIt()
    {
        using LinksObject links = new();
        using VethPair veth = new();
        using PinDirectory pins = Require.BpfFs();
        using BpfProgram program = links["xdp_second_with_a_long_name"].Open();
        program.Pin(pins["program"]);
        _ = Processes.Run("ip", "link", "set", "dev", veth.Name, "xdp", "pinned", pins["program"]);

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => links["xdp_first"].AttachXdp(veth.Name));

        Assert.Equal("EBUSY", exception.ErrnoName);
        Assert.Contains($"id {program.Info.Id}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"ip link set dev {veth.Name} xdp off", exception.Message, StringComparison.Ordinal);
    }
}
