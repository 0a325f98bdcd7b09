using BpfMaps.Interop;

namespace BpfMaps.Tests;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0\n", new[] { 0 })]
    [InlineData("0-3", new[] { 0, 1, 2, 3 })]
    [InlineData("0-1,4", new[] { 0, 1, 4 })]
    [InlineData("0-1,4-5,8,10-11", new[] { 0, 1, 4, 5, 8, 10, 11 })]
    [InlineData("2", new[] { 2 })]
    [InlineData("7-7", new[] { 7 })]
    [InlineData("65535", new[] { 65535 })]
    public void ListOfTheKernel_IsRead(string text, int[] cpus)
    {
        Assert.True(CpuList.TryParse(text, out int[] found), $"'{text}' was rejected.");
        Assert.Equal(cpus, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(",")]
    [InlineData("0,")]
    [InlineData(",1")]
    [InlineData("0,,1")]
    [InlineData("0-")]
    [InlineData("-1")]
    [InlineData("0-1-2")]
    [InlineData("3-1")]
    [InlineData("1,0")]
    [InlineData("0-3,2")]
    [InlineData("0,0")]
    [InlineData("a")]
    [InlineData("0 1")]
    [InlineData("0-0x3")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("65536")]
    [InlineData("0-4294967295")]
    [InlineData("99999999999999999999")]
    public void OtherText_IsRejected(string text)
    {
        Assert.False(CpuList.TryParse(text, out int[] found), $"'{text}' was accepted.");
        Assert.Empty(found);
    }

    [Fact]
    public void PossibleCpus_AreThoseOfTheKernelAndIncludeTheOnlineCpus()
    {
        Require.Kernel();
        Assert.True(CpuList.TryParse(File.ReadAllText("/sys/devices/system/cpu/possible"), out int[] expected));
        Assert.Equal(expected, BpfHost.Kernel.PossibleCpus);
        Assert.Equal(expected.Length, BpfHost.Kernel.PossibleCpuCount);
        Assert.True(
            BpfHost.Kernel.PossibleCpuCount >= Environment.ProcessorCount,
            $"{BpfHost.Kernel.PossibleCpuCount} CPUs are possible, {Environment.ProcessorCount} are online."
        );
    }
}
