namespace BpfMaps.Tests;

public sealed class BpfCommandNamesTests
{
    [Fact]
    public void EveryCommandOfBpf_HasTheKernelsName() =>
        Assert.All(
            Enum.GetValues<BpfCommand>().Where(static command => command >= 0),
            static command => Assert.Equal(command.ToString(), Shortened(command.Name()), ignoreCase: true)
        );

    [Fact]
    public void EveryOtherSystemCall_HasItsName() =>
        Assert.All(
            Enum.GetValues<BpfCommand>().Where(static command => command < 0),
            static command => Assert.True(char.IsAsciiLetterLower(command.Name()[0]))
        );

    /// <summary>Removes the prefix and the underscores.</summary>
    private static string Shortened(string name) => name["BPF_".Length..].Replace("_", "", StringComparison.Ordinal);
}
