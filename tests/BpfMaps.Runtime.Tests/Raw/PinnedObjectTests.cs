using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Tests of pins as files that other processes see.</summary>
public sealed class PinnedObjectTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_value = TestMaps.Bytes(42L);

    [Fact]
    public void PinOfAnEndedProcess_CanBeOpened()
    {
        using PinDirectory pins = Require.BpfFs();
        BpfTool tool = Require.BpfTool();
        tool.Run("map", "create", pins["theirs"], "type", "hash", "key", "4", "value", "8", "entries", "10", "name", "theirs");
        tool.Run("map", "update", "pinned", pins["theirs"], "key", "1", "0", "0", "0", "value", "42", "0", "0", "0", "0", "0", "0", "0");

        using RawMap map = RawMap.OpenPinned(pins["theirs"]);
        Assert.Equal(("theirs", BpfMapType.Hash, 4, 8, 10u), (map.Name, map.Type, map.KeySize, map.ValueSize, map.MaxEntries));
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(s_key, value));
        Assert.Equal(s_value, value);
    }

    [Fact]
    public void Pin_IsReadByAnotherProcess()
    {
        using PinDirectory pins = Require.BpfFs();
        BpfTool tool = Require.BpfTool();
        using (RawMap map = TestMaps.Create(BpfMapType.Hash, name: "ours"))
        {
            map.Update(s_key, s_value);
            map.Pin(pins["ours"]);
        }

        string printed = tool.Run("map", "lookup", "pinned", pins["ours"], "key", "1", "0", "0", "0");
        Assert.Contains("2a 00 00 00 00 00 00 00", printed, StringComparison.Ordinal);
        Assert.Contains("name ours", tool.Run("map", "show", "pinned", pins["ours"]), StringComparison.Ordinal);
    }

    [Fact]
    public void PinnedProgram_IsNotOpenedAsAMap()
    {
        using PinDirectory pins = Require.BpfFs();
        using SafeFileHandle program = TestLibc.LoadProgram();
        Assert.Equal(Errno.Ok, BpfHost.Kernel.Pin(program, pins["prog"]));
        var refusal = Assert.Throws<BpfException>(() => RawMap.OpenPinned(pins["prog"]));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains(
            $"The pin '{pins["prog"]}' is not a map but, for example, a program or a link.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void LongPath_IsAccepted()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string directory = pins.Path;
        while (directory.Length < 600)
            directory = Directory.CreateDirectory($"{directory}/{new string('d', 100)}").FullName;
        map.Pin($"{directory}/m");
        using RawMap reopened = RawMap.OpenPinned($"{directory}/m");
        Assert.Equal(map.Info.Id, reopened.Info.Id);
    }
}
