using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Tests of maps whose elements are kernel objects.</summary>
public sealed class HeldObjectTests
{
    [Theory]
    [InlineData(BpfMapType.PerfEventArray)]
    [InlineData(BpfMapType.ProgArray)]
    [InlineData(BpfMapType.CgroupArray)]
    [InlineData(BpfMapType.XskMap)]
    [InlineData(BpfMapType.SockMap)]
    public void DescriptorThatIsNotOpen_FailsWithEbadf(BpfMapType type)
    {
        using SampleMap sample = KernelSample.Of(type);
        byte[] value = new byte[sample.Map.ValueSize];
        TestMaps.Bytes(1_000_000).CopyTo(value, 0);
        Assert.Equal(Errno.EBADF, TestMaps.Errno(() => sample.Map.Update(sample.Key, value)));
    }

    [Fact]
    public void LookupInAPerfEventArray_IsNotSupported()
    {
        using SampleMap sample = KernelSample.Of(BpfMapType.PerfEventArray);
        Assert.Equal(BpfUpdateResult.Ok, sample.Map.Update(sample.Key, sample.Value));
        Assert.Equal(Errno.ENOTSUPP, Assert.Throws<BpfNotSupportedException>(() => sample.Map.TryLookup(sample.Key, new byte[4])).Errno);
    }

    [Fact]
    public void EmptySlotOfAProgramArray_IsAMissForLookupAndDelete()
    {
        using SampleMap sample = KernelSample.Of(BpfMapType.ProgArray);
        Assert.False(sample.Map.TryLookup(sample.Key, new byte[4]));
        Assert.False(sample.Map.Delete(sample.Key));
    }

    [Fact]
    public void ProgramArray_HoldsAndReleasesAProgram()
    {
        using SampleMap sample = KernelSample.Of(BpfMapType.ProgArray);
        byte[] id = new byte[4];
        Assert.Equal(BpfUpdateResult.Ok, sample.Map.Update(sample.Key, sample.Value));
        Assert.True(sample.Map.TryLookup(sample.Key, id));
        Assert.NotEqual(0u, BitConverter.ToUInt32(id));
        Assert.True(sample.Map.Delete(sample.Key));
        Assert.False(sample.Map.TryLookup(sample.Key, id));
    }

    [Fact]
    public void ProgramDescriptor_IsNotAMap()
    {
        Require.Kernel();
        using SafeFileHandle program = TestLibc.LoadProgram();
        var refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor((int)program.DangerousGetHandle()));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("The descriptor is not one of a BPF map.", refusal.Message, StringComparison.Ordinal);
    }
}
