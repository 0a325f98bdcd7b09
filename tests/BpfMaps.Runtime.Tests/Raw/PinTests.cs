using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

public sealed class PinTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);
    private static readonly byte[] s_value = TestMaps.Bytes(42L);

    [Fact]
    public void FreshMap_IsNotPinned()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.False(map.IsPinned);
        Assert.Null(map.PinPath);
        Assert.Throws<InvalidOperationException>(map.Unpin);
    }

    [Fact]
    public void PinAndUnpin_ComeAndGoInTheFileSystem()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        Assert.True(map.IsPinned);
        Assert.Equal(pins["m"], map.PinPath);
        Assert.True(File.Exists(pins["m"]), "Pin made no file.");

        map.Unpin();
        Assert.False(map.IsPinned);
        Assert.Null(map.PinPath);
        Assert.False(File.Exists(pins["m"]), "Unpin left the file.");
    }

    [Fact]
    public void PinnedMap_OutlivesItsDescriptor()
    {
        using PinDirectory pins = Require.BpfFs();
        uint id;
        using (RawMap map = TestMaps.Create(BpfMapType.Hash))
        {
            map.Update(s_key, s_value);
            map.Pin(pins["m"]);
            id = map.Info.Id;
        }

        using RawMap reopened = RawMap.OpenPinned(pins["m"]);
        Assert.Equal(id, reopened.Info.Id);
        Assert.Equal(pins["m"], reopened.PinPath);
        byte[] value = new byte[8];
        Assert.True(reopened.TryLookup(s_key, value));
        Assert.Equal(s_value, value);
    }

    [Fact]
    public void MapWithoutPinOrDescriptor_IsGone()
    {
        using PinDirectory pins = Require.BpfFs();
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        uint id = map.Info.Id;
        map.Dispose();
        using (RawMap byId = RawMap.OpenById(id))
            Assert.Equal("test", byId.Name);

        using (RawMap reopened = RawMap.OpenPinned(pins["m"]))
            reopened.Unpin();
        TestMaps.AwaitGone(id);
        var refusal = Assert.Throws<BpfException>(() => RawMap.OpenById(id));
        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains($"No map has the id {id}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PinOfAProcessThatHasEnded_OpensHere()
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
    public void PinMadeHere_IsReadByAnotherProcess()
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
    public void OneMap_MayHaveSeveralPins()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["a"]);
        map.Pin(pins["b"]);
        Assert.Equal(pins["b"], map.PinPath);

        map.Unpin(pins["a"]);
        Assert.Equal(pins["b"], map.PinPath);
        Assert.Equal(["b"], Directory.GetFiles(pins.Path).Select(file => Path.GetFileName(file)));
    }

    [Theory]
    [InlineData(BpfMapAccess.ReadOnly)]
    [InlineData(BpfMapAccess.WriteOnly)]
    [InlineData(BpfMapAccess.ReadWrite)]
    public void PinOpenedWithAnAccess_AllowsThat(BpfMapAccess access)
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Update(s_key, s_value);
        map.Pin(pins["m"]);
        using RawMap opened = RawMap.OpenPinned(pins["m"], access);
        Assert.Equal(access, opened.Access);
        Assert.Equal(access == BpfMapAccess.WriteOnly ? "EPERM" : Answer.Ok, Answer.Of(() => opened.TryLookup(s_key, new byte[8]) ? Answer.Ok : Answer.Miss));
        Assert.Equal(access == BpfMapAccess.ReadOnly ? "EPERM" : Answer.Ok, Answer.Of(() => opened.Delete(s_key) ? Answer.Ok : Answer.Miss));
    }

    [Fact]
    public void RelativePath_IsTakenFromTheWorkingDirectory()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, pins["m"]);
        map.Pin(relative);
        Assert.Equal(pins["m"], map.PinPath);
        map.Unpin(relative);
        Assert.False(map.IsPinned);
    }

    [Fact]
    public void PathOfALongDirectory_IsTaken()
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

    [Fact]
    public void PinnedProgram_IsNotOpenedAsAMap()
    {
        using PinDirectory pins = Require.BpfFs();
        using SafeFileHandle program = TestLibc.LoadProgram();
        Assert.Equal(Errno.Ok, BpfHost.Kernel.Pin(program, pins["prog"]));
        var refusal = Assert.Throws<BpfException>(() => RawMap.OpenPinned(pins["prog"]));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains($"What is pinned at '{pins["prog"]}' is not a map but a program, a link or something else.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DisposedMap_CannotBePinned()
    {
        using PinDirectory pins = Require.BpfFs();
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.Pin(pins["m"]));
        Assert.Empty(Directory.GetFiles(pins.Path));
    }
}
