namespace BpfMaps.Tests;

/// <summary>Checks specifications from which no host can create a map.</summary>
internal static class BrokenSpecification
{
    /// <summary>Checks that creation fails with the error number, and that the message names the violated rule.</summary>
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
