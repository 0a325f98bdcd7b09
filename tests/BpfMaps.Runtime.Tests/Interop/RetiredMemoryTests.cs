using BpfMaps.Interop;

namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class RetiredMemoryTests
{
    [Fact]
    public void MemoryOfADisposedMap_IsReleasedByTheKernelAndItsAddressesAreKept()
    {
        Require.Kernel();
        Assert.Equal(0, OpenDescriptors.CountMappings());
        RetiredMemory.GiveBackAll();
        RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 1000, flags: BpfMapFlags.Mmapable);
        uint id = map.Info.Id;
        BpfMemoryView view = map.Map();
        ulong address = view.Address;
        view.Dispose();
        map.Dispose();

        TestMaps.AwaitGone(id);
        Assert.Equal(0, OpenDescriptors.CountMappings());
        Assert.Equal(1, RetiredMemory.Count);
        Assert.Contains(File.ReadLines("/proc/self/maps"), line => Covers(line, address));

        Assert.True(RetiredMemory.GiveBackAll());
        Assert.False(RetiredMemory.GiveBackAll());
    }

    [Fact]
    public void ManyMappings_AreNotKeptForEver()
    {
        Require.Kernel();
        RetiredMemory.GiveBackAll();
        for (int i = 0; i < 10_000; i++)
        {
            using RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 1, flags: BpfMapFlags.Mmapable);
            map.Map().Dispose();
        }

        Assert.Equal(8192, RetiredMemory.Count);
        RetiredMemory.GiveBackAll();
    }

    [Fact]
    public void AddressesThatSomethingElseWasMappedAt_AreNotUnmapped()
    {
        Require.Kernel();
        RetiredMemory.GiveBackAll();
        RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 1, flags: BpfMapFlags.Mmapable);
        BpfMemoryView view = map.Map();
        nint address = (nint)view.Address;
        view.Dispose();
        map.Dispose();

        // As a loader maps an arena: at its address, whatever is there.
        using RawMap other = TestMaps.Create(BpfMapType.Array, maxEntries: 1, flags: BpfMapFlags.Mmapable);
        nuint page = (nuint)Environment.SystemPageSize;
        Assert.Equal(
            address,
            Libc.MemoryMap(address, page, Libc.ProtRead, Libc.MapShared | Libc.MapFixed, (int)other.Handle.DangerousGetHandle(), 0)
        );
        Assert.True(RetiredMemory.GiveBackAll());

        Assert.Contains(
            File.ReadLines("/proc/self/maps"),
            line => Covers(line, (ulong)address) && line.Contains("bpf-map", StringComparison.Ordinal)
        );
        Assert.Equal(0, Libc.MemoryUnmap(address, page));
    }

    private static bool Covers(string line, ulong address)
    {
        string[] range = line.Split(' ')[0].Split('-');
        return Convert.ToUInt64(range[0], 16) <= address && address < Convert.ToUInt64(range[1], 16);
    }
}
