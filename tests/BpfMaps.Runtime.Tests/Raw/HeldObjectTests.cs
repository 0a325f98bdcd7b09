using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

public sealed class HeldObjectTests
{
    private static readonly byte[] s_slot = TestMaps.Bytes(1);
    private static readonly byte[] s_bogusDescriptor = TestMaps.Bytes(1_000_000);

    public static TheoryData<BpfMapType> MapsOfMaps => [BpfMapType.ArrayOfMaps, BpfMapType.HashOfMaps];

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void LookupInAMapOfMaps_GivesTheInnerMapsId(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, inner);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, DescriptorOf(inner)));
        byte[] id = new byte[4];
        Assert.True(outer.TryLookup(s_slot, id));
        Assert.Equal(inner.Info.Id, BitConverter.ToUInt32(id));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void EmptySlotOfAMapOfMaps_IsAMiss(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, inner);
        Assert.False(outer.TryLookup(s_slot, new byte[4]));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void InnerMapOfAnotherShape_IsEinval(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.Create(BpfMapType.Hash, valueSize: 16);
        using RawMap outer = CreateOuter(type, inner);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, DescriptorOf(other))));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void InnerMap_LivesWhileTheOuterHoldsIt(BpfMapType type)
    {
        using RawMap template = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, template);
        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        inner.Update(TestMaps.Bytes(1), TestMaps.Bytes(42L));
        outer.Update(s_slot, DescriptorOf(inner));
        inner.Dispose();

        byte[] id = new byte[4], value = new byte[8];
        Assert.True(outer.TryLookup(s_slot, id));
        using RawMap reopened = RawMap.OpenById(BitConverter.ToUInt32(id));
        Assert.True(reopened.TryLookup(TestMaps.Bytes(1), value));
        Assert.Equal(42L, BitConverter.ToInt64(value));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void TemplateOfAMapOfMaps_MayGoAfterTheCreation(BpfMapType type)
    {
        RawMap template = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, template);
        template.Dispose();
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, DescriptorOf(inner)));
    }

    [Theory]
    [InlineData(BpfMapType.PerfEventArray)]
    [InlineData(BpfMapType.ProgArray)]
    [InlineData(BpfMapType.CgroupArray)]
    [InlineData(BpfMapType.XskMap)]
    [InlineData(BpfMapType.SockMap)]
    public void DescriptorThatIsNotOpen_IsEbadf(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        byte[] value = new byte[sample.Map.ValueSize];
        s_bogusDescriptor.CopyTo(value, 0);
        Assert.Equal(Errno.EBADF, TestMaps.Errno(() => sample.Map.Update(sample.Key, value)));
    }

    [Fact]
    public void LookupInAPerfEventArray_IsNotSupported()
    {
        using SampleMap sample = SampleMap.Of(BpfMapType.PerfEventArray);
        Assert.Equal(BpfUpdateResult.Ok, sample.Map.Update(sample.Key, sample.Value));
        Assert.Equal(Errno.ENOTSUPP, Assert.Throws<BpfNotSupportedException>(() => sample.Map.TryLookup(sample.Key, new byte[4])).Errno);
    }

    [Fact]
    public void EmptySlotOfAProgramArray_IsAMissToLookupAndDelete()
    {
        using SampleMap sample = SampleMap.Of(BpfMapType.ProgArray);
        Assert.False(sample.Map.TryLookup(sample.Key, new byte[4]));
        Assert.False(sample.Map.Delete(sample.Key));
    }

    [Fact]
    public void ProgramArray_HoldsAndLetsGoOfAProgram()
    {
        using SampleMap sample = SampleMap.Of(BpfMapType.ProgArray);
        byte[] id = new byte[4];
        Assert.Equal(BpfUpdateResult.Ok, sample.Map.Update(sample.Key, sample.Value));
        Assert.True(sample.Map.TryLookup(sample.Key, id));
        Assert.NotEqual(0u, BitConverter.ToUInt32(id));
        Assert.True(sample.Map.Delete(sample.Key));
        Assert.False(sample.Map.TryLookup(sample.Key, id));
    }

    [Fact]
    public void SpecificationWithAnInnerMap_GivesInnerMapsOfThatShapeOnly()
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Array, maxEntries: 4);
        using RawMap outer = CreateOuter(BpfMapType.HashOfMaps, inner);
        using RawMap otherKind = TestMaps.Create(BpfMapType.Hash, maxEntries: 4);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, DescriptorOf(inner)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, DescriptorOf(otherKind))));
    }

    [Fact]
    public void ProgramDescriptor_IsNoMap()
    {
        Require.Kernel();
        using SafeFileHandle program = TestLibc.LoadProgram();
        var refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor((int)program.DangerousGetHandle()));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("It is not that of a BPF map.", refusal.Message, StringComparison.Ordinal);
    }

    private static RawMap CreateOuter(BpfMapType type, RawMap inner) =>
        RawMap.Create(new BpfMapSpec { Type = type, Name = "outer", KeySize = 4, ValueSize = 4, MaxEntries = 4, InnerMap = inner });

    private static byte[] DescriptorOf(RawMap map) => TestMaps.Bytes((int)map.Handle.DangerousGetHandle());
}
