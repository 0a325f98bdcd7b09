using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class MissingKindTests
{
    private readonly InMemoryBpfHost _host = new();

    [Theory]
    [InlineData(BpfMapType.PerfEventArray)]
    [InlineData(BpfMapType.ProgArray)]
    [InlineData(BpfMapType.CgroupArray)]
    [InlineData(BpfMapType.DevMap)]
    [InlineData(BpfMapType.SockMap)]
    [InlineData(BpfMapType.CpuMap)]
    [InlineData(BpfMapType.XskMap)]
    [InlineData(BpfMapType.StackTrace)]
    [InlineData(BpfMapType.SkStorage)]
    [InlineData(BpfMapType.TaskStorage)]
    [InlineData(BpfMapType.InodeStorage)]
    [InlineData(BpfMapType.CgrpStorage)]
    [InlineData(BpfMapType.CgroupStorage)]
    [InlineData(BpfMapType.PerCpuCgroupStorage)]
    [InlineData(BpfMapType.StructOps)]
    [InlineData(BpfMapType.Arena)]
    public void KernelOnlyType_IsNotSupportedAndListsTheSupportedTypes(BpfMapType type)
    {
        Assert.False(_host.SupportsMapType(type));
        BpfMapSpec spec = new()
        {
            Type = type,
            Name = "gone",
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
        };
        BpfNotSupportedException refusal = Assert.Throws<BpfNotSupportedException>(() => RawMap.Create(spec, _host));
        Assert.Equal(Errno.ENOTSUPP, refusal.Errno);
        Assert.Contains(
            $"This host does not support maps of type {type}. The in-memory host supports Hash, LruHash, ",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(BpfMapType.SkStorage)]
    [InlineData(BpfMapType.TaskStorage)]
    [InlineData(BpfMapType.InodeStorage)]
    [InlineData(BpfMapType.CgrpStorage)]
    [InlineData(BpfMapType.CgroupStorage)]
    [InlineData(BpfMapType.PerCpuCgroupStorage)]
    public void DeclaredStorage_IsNotSupportedEither(BpfMapType type)
    {
        bool hasKey = type is BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;
        BpfMapSchema schema = new()
        {
            Type = type,
            Name = "gone",
            Key = hasKey ? BpfTypeLayout.Of<ulong>() : null,
            Value = BpfTypeLayout.Of<ulong>(),
            Flags = hasKey ? 0 : BpfMapFlags.NoPrealloc,
        };
        Assert.Contains(
            $"does not support maps of type {type}",
            Assert.Throws<BpfNotSupportedException>(() => schema.Create(null, _host)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void DeclaredArena_IsNotSupportedEither()
    {
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Arena,
            Name = "gone",
            MaxEntries = 1,
            Flags = BpfMapFlags.Mmapable,
        };
        Assert.Contains(
            "does not support maps of type Arena",
            Assert.Throws<BpfNotSupportedException>(() => schema.Create(null, _host)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(BpfMapType.Unspecified)]
    [InlineData((BpfMapType)34)]
    [InlineData((BpfMapType)(-1))]
    public void UndefinedType_IsNotSupportedAndFailsWithEinval(BpfMapType type)
    {
        BpfMapSpec spec = new()
        {
            Type = type,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
        };
        Assert.Equal(Errno.EINVAL, Assert.Throws<BpfNotSupportedException>(() => RawMap.Create(spec, _host)).Errno);
    }

    [Fact]
    public void PerfBuffer_IsNotSupported() => Assert.Equal(Errno.ENOTSUPP, _host.OpenPerfBuffer(0, 1, out _, out _));

    [Fact]
    public void MapLargerThanTheMachine_FailsWithEnomem()
    {
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Array,
            KeySize = 4,
            ValueSize = 1 << 20,
            MaxEntries = uint.MaxValue,
        };
        BpfException refusal = Assert.Throws<BpfException>(() => RawMap.Create(spec, _host));
        Assert.Equal(Errno.ENOMEM, refusal.Errno);
        Assert.Contains("more memory than this machine or container has", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }
}
