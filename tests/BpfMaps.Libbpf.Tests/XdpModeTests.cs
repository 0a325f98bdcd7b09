using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>Where XDP programs run.</summary>
[Collection(nameof(WholeProcess))]
public sealed class XdpModeTests
{
    [Theory]
    [InlineData(BpfXdpMode.Default, "xdp")]
    [InlineData(BpfXdpMode.Driver, "xdp")]
    [InlineData(BpfXdpMode.Generic, "xdpgeneric")]
    public void Program_RunsInTheMode(BpfXdpMode mode, string shown)
    {
        using LinksObject links = new();
        using VethPair veth = new();

        using (links["xdp_first"].AttachXdp(veth.Name, mode))
            Assert.Equal(shown, Shown(veth.Name));

        int index = int.Parse(Link(veth.Name).Split(':')[0], CultureInfo.InvariantCulture);
        using (BpfLink link = links["xdp_first"].AttachXdp(index, mode))
        {
            Assert.Equal(shown, Shown(veth.Name));
            link.Update(links["xdp_second_with_a_long_name"]);
            Assert.Equal(shown, Shown(veth.Name));
        }
        Assert.Null(Shown(veth.Name));
    }

    [Theory]
    [InlineData(BpfXdpMode.Driver)]
    [InlineData(BpfXdpMode.Offload)]
    public void ModeThatTheDriverLacks_IsExplained(BpfXdpMode mode)
    {
        using LinksObject links = new();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => links["xdp_first"].AttachXdp("lo", mode));

        Assert.Equal("EOPNOTSUPP", exception.ErrnoName);
        Assert.Contains("The driver of lo does not support this mode of XDP", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OffloadOfAProgramThatWasNotLoadedForTheCard_IsExplained()
    {
        using LinksObject links = new();
        using VethPair veth = new();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => links["xdp_first"].AttachXdp(veth.Name, BpfXdpMode.Offload));

        Assert.Contains(
            $"loaded for the card of {veth.Name}: set OffloadInterface before the load",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>The mode that <c>ip link</c> prints.</summary>
    private static string? Shown(string interfaceName) =>
        Link(interfaceName).Split(' ').FirstOrDefault(static word => word.StartsWith("xdp", StringComparison.Ordinal));

    private static string Link(string interfaceName) => Processes.Run("ip", "link", "show", "dev", interfaceName);
}
