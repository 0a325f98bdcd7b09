using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class MapOfMapsTests
{
    private static readonly byte[] s_slot = TestMaps.Bytes(1);

    public static TheoryData<BpfMapType> MapsOfMaps => [BpfMapType.ArrayOfMaps, BpfMapType.HashOfMaps];

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void LookupInAMapOfMaps_ReturnsTheIdOfTheInnerMap(BpfMapType type)
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
    public void InnerMapOfAnotherShape_FailsWithEinval(BpfMapType type)
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

        byte[] id = new byte[4],
            value = new byte[8];
        Assert.True(outer.TryLookup(s_slot, id));
        using RawMap reopened = TestMaps.OpenById(BitConverter.ToUInt32(id));
        Assert.True(reopened.TryLookup(TestMaps.Bytes(1), value));
        Assert.Equal(42L, BitConverter.ToInt64(value));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void TemplateOfAMapOfMaps_CanBeDisposedAfterTheCreation(BpfMapType type)
    {
        RawMap template = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, template);
        template.Dispose();
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(inner)));
    }

    [Fact]
    public void SpecificationWithAnInnerMap_AcceptsOnlyInnerMapsOfThatShape()
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Array, maxEntries: 4);
        using RawMap outer = CreateOuter(BpfMapType.HashOfMaps, inner);
        using RawMap otherKind = TestMaps.Create(BpfMapType.Hash, maxEntries: 4);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(inner)));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.DescriptorOf(otherKind))));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void InnerMapThatDiffersInFlags_FailsWithEinval(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = TestMaps.Create(BpfMapType.Hash, flags: BpfMapFlags.NoPrealloc);
        using RawMap outer = CreateOuter(type, inner);
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.DescriptorOf(other))));
    }

    [Fact]
    public void InnerHashOfAnotherCapacity_IsAccepted()
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap larger = TestMaps.Create(BpfMapType.Hash, maxEntries: 100);
        using RawMap outer = CreateOuter(BpfMapType.ArrayOfMaps, inner);
        Assert.Equal(BpfUpdateResult.Ok, outer.Update(s_slot, TestMaps.DescriptorOf(larger)));
    }

    [Theory]
    [InlineData(BpfMapFlags.None, "EINVAL")]
    [InlineData(BpfMapFlags.InnerMap, "Ok")]
    public void InnerArrayOfAnotherLength_RequiresTheFlag(BpfMapFlags flags, string expected)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Array, flags: flags);
        using RawMap longer = TestMaps.Create(BpfMapType.Array, maxEntries: 100, flags: flags);
        using RawMap outer = CreateOuter(BpfMapType.HashOfMaps, inner);
        Assert.Equal(expected, Answer.Of(() => outer.Update(s_slot, TestMaps.DescriptorOf(longer)).ToString()));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void DescriptorThatIsClosedOrNotAMap_IsRejected(BpfMapType type)
    {
        using RawMap inner = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, inner);
        using SafeHandle btf = TestBtf.Load();
        Assert.Equal(Errno.EBADF, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.Bytes(1_000_000))));
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => outer.Update(s_slot, TestMaps.Bytes((int)btf.DangerousGetHandle()))));
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void RemovedInnerMap_LivesUntilItsLastReference(BpfMapType type)
    {
        using RawMap template = TestMaps.Create(BpfMapType.Hash);
        using RawMap outer = CreateOuter(type, template);
        RawMap inner = TestMaps.Create(BpfMapType.Hash);
        outer.Update(s_slot, TestMaps.DescriptorOf(inner));
        inner.Dispose();
        Assert.True(outer.Delete(s_slot));
        TestMaps.AwaitGone(inner.Info.Id);
    }

    [Theory]
    [MemberData(nameof(MapsOfMaps))]
    public void InnerMap_IsReleasedWithItsOuterMap(BpfMapType type)
    {
        using RawMap template = TestMaps.Create(BpfMapType.Hash);
        RawMap outer = CreateOuter(type, template),
            inner = TestMaps.Create(BpfMapType.Hash);
        outer.Update(s_slot, TestMaps.DescriptorOf(inner));
        inner.Dispose();
        Assert.Contains(inner.Info.Id, TestMaps.EnumerateLoaded().Select(info => info.Id));
        outer.Dispose();
        TestMaps.AwaitGone(inner.Info.Id);
    }

    private static RawMap CreateOuter(BpfMapType type, RawMap inner) =>
        TestMaps.Create(
            new BpfMapSpec
            {
                Type = type,
                Name = "outer",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                InnerMap = inner,
            }
        );
}
