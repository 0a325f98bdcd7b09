namespace BpfMaps.Tests;

/// <summary>Tests of the rules for creating map types that only the kernel supports.</summary>
public sealed class ObjectMapCreationTests
{
    [Theory]
    [InlineData(BpfMapType.StackTrace, 12, 16u, BpfMapFlags.None, "a multiple of 8 up to 1016, not 12")]
    [InlineData(BpfMapType.StackTrace, 1024, 16u, BpfMapFlags.None, "a multiple of 8 up to 1016, not 1024")]
    [InlineData(BpfMapType.SkStorage, 8, 0u, BpfMapFlags.NoPrealloc, "requires BTF for key and value")]
    [InlineData(BpfMapType.InodeStorage, 8, 0u, BpfMapFlags.NoPrealloc, "requires BTF for key and value")]
    [InlineData(BpfMapType.TaskStorage, 8, 0u, BpfMapFlags.NoPrealloc, "requires BTF for key and value")]
    [InlineData(BpfMapType.CgrpStorage, 8, 0u, BpfMapFlags.NoPrealloc, "requires BTF for key and value")]
    public void InvalidSpecification_FailsWithTheViolatedRule(
        BpfMapType type,
        int valueSize,
        uint maxEntries,
        BpfMapFlags flags,
        string rule
    )
    {
        Require.Kernel();
        Require.MapType(type);
        BpfMapSpec spec = new()
        {
            Type = type,
            Name = "broken",
            KeySize = 4,
            ValueSize = valueSize,
            MaxEntries = maxEntries,
            Flags = flags,
        };
        BrokenSpecification.Check(spec, Errno.EINVAL, rule);
    }
}
