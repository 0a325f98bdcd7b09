namespace BpfMaps.Tests;

/// <summary>What becomes of a specification that no host can create a map from.</summary>
internal static class BrokenSpecification
{
    /// <summary>Checks that it is refused with the error number, and that the message names the rule that it breaks.</summary>
    public static void Check(BpfMapSpec spec, int errno, string rule)
    {
        BpfException refusal = Assert.ThrowsAny<BpfException>(() => TestMaps.Create(spec));
        Assert.Equal(Errno.Name(errno), refusal.ErrnoName);
        Assert.Equal("BPF_MAP_CREATE", refusal.Command);
        Assert.Equal(spec.Name, refusal.MapName);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{spec.Name}'", refusal.Message, StringComparison.Ordinal);
    }
}
