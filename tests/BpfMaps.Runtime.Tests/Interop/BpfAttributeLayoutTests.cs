using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps.Tests;

/// <summary>Tests of the structures against <c>linux/bpf.h</c>; sizes end at the last field that the runtime uses.</summary>
public sealed class BpfAttributeLayoutTests
{
    [Theory]
    [InlineData(nameof(MapCreateAttribute.MapType), 0)]
    [InlineData(nameof(MapCreateAttribute.KeySize), 4)]
    [InlineData(nameof(MapCreateAttribute.ValueSize), 8)]
    [InlineData(nameof(MapCreateAttribute.MaxEntries), 12)]
    [InlineData(nameof(MapCreateAttribute.MapFlags), 16)]
    [InlineData(nameof(MapCreateAttribute.InnerMapFd), 20)]
    [InlineData(nameof(MapCreateAttribute.NumaNode), 24)]
    [InlineData(nameof(MapCreateAttribute.MapName), 28)]
    [InlineData(nameof(MapCreateAttribute.IfIndex), 44)]
    [InlineData(nameof(MapCreateAttribute.BtfFd), 48)]
    [InlineData(nameof(MapCreateAttribute.BtfKeyTypeId), 52)]
    [InlineData(nameof(MapCreateAttribute.BtfValueTypeId), 56)]
    [InlineData(nameof(MapCreateAttribute.BtfVmlinuxValueTypeId), 60)]
    [InlineData(nameof(MapCreateAttribute.MapExtra), 64)]
    [InlineData(nameof(MapCreateAttribute.ValueTypeBtfObjFd), 72)]
    [InlineData(nameof(MapCreateAttribute.MapTokenFd), 76)]
    public void FieldOfMapCreate_IsAtItsOffset(string field, int offset) => AssertOffset<MapCreateAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(ElementAttribute.MapFd), 0)]
    [InlineData(nameof(ElementAttribute.Key), 8)]
    [InlineData(nameof(ElementAttribute.ValueOrNextKey), 16)]
    [InlineData(nameof(ElementAttribute.Flags), 24)]
    public void FieldOfElementCommands_IsAtItsOffset(string field, int offset) => AssertOffset<ElementAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(BatchAttribute.InBatch), 0)]
    [InlineData(nameof(BatchAttribute.OutBatch), 8)]
    [InlineData(nameof(BatchAttribute.Keys), 16)]
    [InlineData(nameof(BatchAttribute.Values), 24)]
    [InlineData(nameof(BatchAttribute.Count), 32)]
    [InlineData(nameof(BatchAttribute.MapFd), 36)]
    [InlineData(nameof(BatchAttribute.ElementFlags), 40)]
    [InlineData(nameof(BatchAttribute.Flags), 48)]
    public void FieldOfBatchCommands_IsAtItsOffset(string field, int offset) => AssertOffset<BatchAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(ObjectPathAttribute.PathName), 0)]
    [InlineData(nameof(ObjectPathAttribute.BpfFd), 8)]
    [InlineData(nameof(ObjectPathAttribute.FileFlags), 12)]
    public void FieldOfPinAndGet_IsAtItsOffset(string field, int offset) => AssertOffset<ObjectPathAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(ObjectIdAttribute.Id), 0)]
    [InlineData(nameof(ObjectIdAttribute.NextId), 4)]
    [InlineData(nameof(ObjectIdAttribute.OpenFlags), 8)]
    public void FieldOfIdCommands_IsAtItsOffset(string field, int offset) => AssertOffset<ObjectIdAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(ObjectInfoAttribute.BpfFd), 0)]
    [InlineData(nameof(ObjectInfoAttribute.InfoLength), 4)]
    [InlineData(nameof(ObjectInfoAttribute.Info), 8)]
    public void FieldOfGetInfo_IsAtItsOffset(string field, int offset) => AssertOffset<ObjectInfoAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(BtfLoadAttribute.Btf), 0)]
    [InlineData(nameof(BtfLoadAttribute.LogBuffer), 8)]
    [InlineData(nameof(BtfLoadAttribute.BtfSize), 16)]
    [InlineData(nameof(BtfLoadAttribute.LogSize), 20)]
    [InlineData(nameof(BtfLoadAttribute.LogLevel), 24)]
    public void FieldOfBtfLoad_IsAtItsOffset(string field, int offset) => AssertOffset<BtfLoadAttribute>(field, offset);

    [Theory]
    [InlineData(nameof(BtfInfoData.Btf), 0)]
    [InlineData(nameof(BtfInfoData.BtfSize), 8)]
    [InlineData(nameof(BtfInfoData.Id), 12)]
    public void FieldOfBtfInfo_IsAtItsOffset(string field, int offset) => AssertOffset<BtfInfoData>(field, offset);

    [Theory]
    [InlineData(nameof(BpfMapInfoData.Type), 0)]
    [InlineData(nameof(BpfMapInfoData.Id), 4)]
    [InlineData(nameof(BpfMapInfoData.KeySize), 8)]
    [InlineData(nameof(BpfMapInfoData.ValueSize), 12)]
    [InlineData(nameof(BpfMapInfoData.MaxEntries), 16)]
    [InlineData(nameof(BpfMapInfoData.Flags), 20)]
    [InlineData(nameof(BpfMapInfoData.Name), 24)]
    [InlineData(nameof(BpfMapInfoData.InterfaceIndex), 40)]
    [InlineData(nameof(BpfMapInfoData.BtfVmlinuxValueTypeId), 44)]
    [InlineData(nameof(BpfMapInfoData.NetworkNamespaceDevice), 48)]
    [InlineData(nameof(BpfMapInfoData.NetworkNamespaceInode), 56)]
    [InlineData(nameof(BpfMapInfoData.BtfId), 64)]
    [InlineData(nameof(BpfMapInfoData.BtfKeyTypeId), 68)]
    [InlineData(nameof(BpfMapInfoData.BtfValueTypeId), 72)]
    [InlineData(nameof(BpfMapInfoData.BtfVmlinuxId), 76)]
    [InlineData(nameof(BpfMapInfoData.MapExtra), 80)]
    public void FieldOfMapInfo_IsAtItsOffset(string field, int offset) => AssertOffset<BpfMapInfoData>(field, offset);

    [Fact]
    public unsafe void Sizes_EndAtTheLastField()
    {
        Assert.Equal(
            (80, 32, 56, 16, 12, 16, 32, 88),
            (
                sizeof(MapCreateAttribute),
                sizeof(ElementAttribute),
                sizeof(BatchAttribute),
                sizeof(ObjectPathAttribute),
                sizeof(ObjectIdAttribute),
                sizeof(ObjectInfoAttribute),
                sizeof(BtfLoadAttribute),
                sizeof(BpfMapInfoData)
            )
        );
        Assert.Equal(
            (4u, 16u, 24u, 28u),
            (ElementAttribute.FreezeSize, ElementAttribute.DeleteSize, ElementAttribute.NextKeySize, BtfLoadAttribute.UsedSize)
        );
    }

    [Fact]
    public void UsedSizeOfMapCreate_EndsAtTheLastFieldThatIsSet()
    {
        Assert.Equal(48u, default(MapCreateAttribute).UsedSize);
        Assert.Equal(48u, new MapCreateAttribute { IfIndex = 1 }.UsedSize);
        Assert.Equal(64u, new MapCreateAttribute { BtfFd = 1 }.UsedSize);
        Assert.Equal(64u, new MapCreateAttribute { BtfKeyTypeId = 1 }.UsedSize);
        Assert.Equal(64u, new MapCreateAttribute { BtfValueTypeId = 1 }.UsedSize);
        Assert.Equal(64u, new MapCreateAttribute { BtfVmlinuxValueTypeId = 1 }.UsedSize);
        Assert.Equal(72u, new MapCreateAttribute { MapExtra = 1 }.UsedSize);
        Assert.Equal(80u, new MapCreateAttribute { ValueTypeBtfObjFd = 1 }.UsedSize);
        Assert.Equal(80u, new MapCreateAttribute { MapTokenFd = 1 }.UsedSize);
    }

    [Fact]
    public void Commands_HaveTheKernelsNumbers() =>
        Assert.Equal(
            [
                (BpfCommand.MapCreate, 0),
                (BpfCommand.MapLookupElem, 1),
                (BpfCommand.MapUpdateElem, 2),
                (BpfCommand.MapDeleteElem, 3),
                (BpfCommand.MapGetNextKey, 4),
                (BpfCommand.ProgLoad, 5),
                (BpfCommand.ObjPin, 6),
                (BpfCommand.ObjGet, 7),
                (BpfCommand.ProgTestRun, 10),
                (BpfCommand.ProgGetNextId, 11),
                (BpfCommand.MapGetNextId, 12),
                (BpfCommand.ProgGetFdById, 13),
                (BpfCommand.MapGetFdById, 14),
                (BpfCommand.ObjGetInfoByFd, 15),
                (BpfCommand.RawTracepointOpen, 17),
                (BpfCommand.BtfLoad, 18),
                (BpfCommand.BtfGetFdById, 19),
                (BpfCommand.MapLookupAndDeleteElem, 21),
                (BpfCommand.MapFreeze, 22),
                (BpfCommand.MapLookupBatch, 24),
                (BpfCommand.MapLookupAndDeleteBatch, 25),
                (BpfCommand.MapUpdateBatch, 26),
                (BpfCommand.MapDeleteBatch, 27),
                (BpfCommand.LinkCreate, 28),
                (BpfCommand.LinkUpdate, 29),
                (BpfCommand.LinkGetFdById, 30),
                (BpfCommand.LinkGetNextId, 31),
                (BpfCommand.EnableStats, 32),
                (BpfCommand.IterCreate, 33),
                (BpfCommand.LinkDetach, 34),
            ],
            Enum.GetValues<BpfCommand>().Where(static command => command >= 0).Select(command => (command, (int)command)).ToArray()
        );

    private static void AssertOffset<T>(string field, int offset)
        where T : unmanaged => Assert.Equal(offset, (int)Marshal.OffsetOf<T>(field));
}
