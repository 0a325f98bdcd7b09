using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class BpfStackBuildIdTests
{
    [Fact]
    public void FrameInAFile_HasAnOffsetAndNoAddress()
    {
        BpfStackBuildId frame = Frame(BpfStackBuildIdStatus.Valid, 0x1234);
        byte[] buildId = new byte[20];
        frame.CopyBuildId(buildId);
        Assert.Equal((0x1234ul, 0ul, "0102030405060708090a0b0c0d0e0f1011121314+0x1234"), (frame.Offset, frame.Address, frame.ToString()));
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (byte)number), buildId);
    }

    [Fact]
    public void FrameOutsideFiles_HasAnAddressAndNoOffset()
    {
        BpfStackBuildId frame = Frame(BpfStackBuildIdStatus.Address, 0x7fff00001234);
        Assert.Equal((0ul, 0x7fff00001234ul, "0x7fff00001234"), (frame.Offset, frame.Address, frame.ToString()));
    }

    [Fact]
    public void EmptyFrame_HasNeither()
    {
        BpfStackBuildId frame = Frame(BpfStackBuildIdStatus.Empty, 0x1234);
        Assert.Equal((0ul, 0ul, ""), (frame.Offset, frame.Address, frame.ToString()));
    }

    /// <summary>Creates a frame as the kernel writes it: a status, 20 bytes of build id, an offset or an address.</summary>
    private static BpfStackBuildId Frame(BpfStackBuildIdStatus status, ulong place)
    {
        byte[] bytes =
        [
            .. TestMaps.Bytes((int)status),
            .. Enumerable.Range(1, 20).Select(number => (byte)number),
            .. TestMaps.Bytes(place),
        ];
        return MemoryMarshal.Read<BpfStackBuildId>(bytes);
    }
}
