using BpfMaps.Interop;

namespace BpfMaps.Tests;

/// <summary>Directories of pins that somebody else exchanges, and the ways to name a directory to the kernel.</summary>
public sealed class PinRaceTests
{
    private const int Rounds = 3_000;

    [Fact]
    public async Task DirectoryThatIsSwapped_NeverLosesAFileOutsideOfBpfFs()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string home = Directory.CreateTempSubdirectory("bpfmaps_swap_").FullName;
        string outside = Path.Combine(home, "outside");
        Directory.CreateDirectory(outside);
        string victim = Path.Combine(outside, "m");
        File.WriteAllText(victim, "not a pin");
        // One of the two is what the path leads to, in turns, each put in place in one step.
        string swapped = Path.Combine(home, "swapped");
        Directory.CreateSymbolicLink(swapped, pins.Path);
        int isOver = 0;
        Task swapping = Background.Run(() =>
        {
            for (int turn = 0; Volatile.Read(ref isOver) == 0; turn++)
            {
                string link = Path.Combine(home, "next");
                Directory.CreateSymbolicLink(link, turn % 2 == 0 ? outside : pins.Path);
                // rename(2): File.Move and Directory.Move look at what is there before.
                Assert.Equal(0, TestLibc.Rename(link, swapped));
            }
        });

        int removed = 0,
            refused = 0;
        for (int round = 0; round < Rounds || removed == 0 || refused == 0; round++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (!File.Exists(pins["m"]))
                map.Pin(pins["m"]);
            try
            {
                map.Unpin(Path.Combine(swapped, "m"));
                removed++;
            }
            catch (BpfPermissionException)
            {
                refused++;
            }

            Assert.True(File.Exists(victim), $"The file outside was removed in round {round}.");
        }

        Volatile.Write(ref isOver, 1);
        await swapping;
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public void DirectoryBehindALink_IsFollowed()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string link = Path.Combine(Path.GetTempPath(), $"bpfmaps_dir_{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, pins.Path);

        map.Pin($"{link}/m");
        using (RawMap opened = RawMap.OpenPinned($"{link}/m"))
            Assert.Equal(map.Info.Id, opened.Info.Id);
        Assert.True(File.Exists(pins["m"]));
        map.Unpin();

        Assert.False(File.Exists(pins["m"]));
        File.Delete(link);
    }

    [Fact]
    public void LinkToAPinElsewhere_IsOpened()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        string link = Path.Combine(Path.GetTempPath(), $"bpfmaps_pin_{Guid.NewGuid():N}");
        File.CreateSymbolicLink(link, pins["m"]);

        using (RawMap opened = RawMap.OpenPinned(link))
            Assert.Equal(map.Info.Id, opened.Info.Id);

        File.Delete(link);
    }

    [Fact]
    public void EveryWayToNameTheDirectory_PinsAndOpens()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        int descriptor = (int)map.Handle.DangerousGetHandle();
        Func<PinPath, string, BpfCommand, int, int>[] ways =
        [
            (pin, _, command, held) => pin.Invoke(command, held, 0),
            (pin, _, command, held) => pin.InvokeThroughProc(command, held, 0),
            (_, path, command, held) => PinPath.InvokeByPath(command, path, held, 0),
        ];
        foreach (Func<PinPath, string, BpfCommand, int, int> way in ways)
        {
            Assert.Equal(Errno.Ok, PinPath.Open(pins["way"], out PinPath? pin));
            using (pin)
            {
                Assert.Equal(0, way(pin!, pins["way"], BpfCommand.ObjPin, descriptor));
                int opened = way(pin!, pins["way"], BpfCommand.ObjGet, 0);
                Assert.True(opened >= 0, $"Opening failed with {opened}.");
                Assert.Equal(0, Libc.Close(opened));
                Assert.Equal(Errno.Ok, pin!.Remove());
                Assert.Equal(-Errno.ENOENT, way(pin!, pins["way"], BpfCommand.ObjGet, 0));
            }
        }
    }

    [Fact]
    public void PinsAndOpensWithoutProc()
    {
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        OwnThread.RunWithoutProc(() =>
        {
            using RawMap map = TestMaps.Create(BpfMapType.Hash);
            map.Pin(pins["m"]);
            using (RawMap opened = RawMap.OpenPinned(pins["m"]))
                Assert.Equal(map.Info.Id, opened.Info.Id);
            map.Unpin();
            Assert.False(File.Exists(pins["m"]));
        });
    }
}
