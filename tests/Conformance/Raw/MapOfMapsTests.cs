namespace BpfMaps.Tests;

public sealed class MapOfMapsTests
{
    private static readonly byte[] s_slot = TestMaps.Bytes(1);

    public static TheoryData<BpfMapType> MapsOfMaps => [BpfMapType.ArrayOfMaps, BpfMapType.HashOfMaps];

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void LookupInAMapOfMaps_GivesTheInnerMapsId(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, inner);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(inner)));
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
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.DescriptorOf(other))));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void InnerMap_LivesWhileTheOuterHoldsIt(BpfMapType type)
    {
        using RawMap template = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, template);
        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        inner.Update(TestMaps.Bytes(1), TestMaps.Bytes(42L));
        outer.Update(s_slot, TestMaps.DescriptorOf(inner));
        inner.Dispose();

        byte[] id = new byte[4], value = new byte[8];
        Assert.True(outer.TryLookup(s_slot, id));
        using RawMap reopened = TestMaps.OpenById(BitConverter.ToUInt32(id));
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
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(inner)));
    }

    [Fact]
    public void SpecificationWithAnInnerMap_GivesInnerMapsOfThatShapeOnly()
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Array, maxEntries: 4);
        using RawMap outer = CreateOuter(BpfMapType.HashOfMaps, inner);
        using RawMap otherKind = TestMaps.Create(BpfMapType.Hash, maxEntries: 4);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(inner)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.DescriptorOf(otherKind))));
    }

    private static RawMap CreateOuter(BpfMapType type, RawMap inner) =>
        TestMaps.Create(new BpfMapSpec { Type = type, Name = "outer", KeySize = 4, ValueSize = 4, MaxEntries = 4, InnerMap = inner });

}
