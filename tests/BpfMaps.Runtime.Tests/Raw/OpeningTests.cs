using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

public sealed class OpeningTests
{
    private static readonly byte[] s_key = TestMaps.Bytes(1);

    [Fact]
    public void MapOpenedById_IsTheSameMap()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap other = RawMap.OpenById(map.Info.Id);
        other.Update(s_key, TestMaps.Bytes(5L));
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(s_key, value));
        Assert.Equal(5L, BitConverter.ToInt64(value));
        Assert.Null(other.PinPath);
    }

    [Fact]
    public void IdOfNoMap_IsEnoent()
    {
        Require.Kernel();
        var refusal = Assert.Throws<BpfException>(() => RawMap.OpenById(uint.MaxValue - 1));
        Assert.Equal((Errno.ENOENT, "BPF_MAP_GET_FD_BY_ID"), (refusal.Errno, refusal.Command));
        Assert.Contains("No map has the id 4294967294", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdoptedDescriptor_StaysTheCallers()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        RawMap adopted = RawMap.FromFileDescriptor((int)map.Handle.DangerousGetHandle());
        Assert.NotEqual(map.Handle.DangerousGetHandle(), adopted.Handle.DangerousGetHandle());
        adopted.Update(s_key, new byte[8]);
        adopted.Dispose();
        Assert.True(map.TryLookup(s_key, new byte[8]));
    }

    [Fact]
    public void AdoptedDescriptor_IsClosedOnExec()
    {
        const int closeOnExec = 1, getDescriptorFlags = 1;
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap adopted = RawMap.FromFileDescriptor((int)map.Handle.DangerousGetHandle());
        Assert.Equal(closeOnExec, Libc.Fcntl((int)map.Handle.DangerousGetHandle(), getDescriptorFlags, 0));
        Assert.Equal(closeOnExec, Libc.Fcntl((int)adopted.Handle.DangerousGetHandle(), getDescriptorFlags, 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void DescriptorThatIsNotOpen_IsEbadf(int descriptor)
    {
        Require.Kernel();
        var refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor(descriptor));
        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains("It is not open in this process.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DescriptorOfAFile_IsEinval()
    {
        Require.Kernel();
        using SafeFileHandle file = TestLibc.Open("/proc/self/exe");
        var refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor((int)file.DangerousGetHandle()));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("It is not that of a BPF map.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void KernelItself_TellsNoMapFromAClosedDescriptor()
    {
        Require.Kernel();
        using SafeFileHandle file = TestLibc.Open("/proc/self/exe");
        ElementAttribute attribute = new((int)file.DangerousGetHandle(), null, null, 0);
        Assert.Equal(-Errno.EINVAL, BpfSyscall.Invoke(BpfCommand.MapFreeze, &attribute, ElementAttribute.FreezeSize));
        attribute.MapFd = 1_000_000;
        Assert.Equal(-Errno.EBADF, BpfSyscall.Invoke(BpfCommand.MapFreeze, &attribute, ElementAttribute.FreezeSize));
    }

    [Fact]
    public void EnumerateLoaded_SeesOwnMaps()
    {
        using RawMap first = TestMaps.Create(BpfMapType.Hash, name: "seen_a");
        using RawMap second = TestMaps.Create(BpfMapType.RingBuf, keySize: 0, valueSize: 0, maxEntries: (uint)Environment.SystemPageSize, name: "seen_b");
        BpfMapInfo[] loaded = [.. RawMap.EnumerateLoaded()];
        Assert.Contains(first.Info, loaded);
        Assert.Contains(second.Info, loaded);
        Assert.Equal(loaded.Select(info => info.Id).Order(), loaded.Select(info => info.Id));
    }

    [Fact]
    public void EnumerateLoaded_SurvivesMapsThatVanish()
    {
        using RawMap steady = TestMaps.Create(BpfMapType.Hash, name: "steady");
        bool isOver = false;
        Thread churner = new(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                RawMap[] maps = [.. Enumerable.Range(0, 20).Select(_ => TestMaps.Create(BpfMapType.Array, maxEntries: 1))];
                Array.ForEach(maps, map => map.Dispose());
            }
        });
        churner.Start();
        try
        {
            for (int round = 0; round < 200; round++)
                Assert.Contains(steady.Info, RawMap.EnumerateLoaded());
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            churner.Join();
        }
    }
}
