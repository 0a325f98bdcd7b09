using System.Runtime.InteropServices;
using BpfMaps.Interop;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>The scenarios of <see cref="ChildProcess"/>. Each returns the type and the message of the exception.</summary>
internal static unsafe partial class ChildScenarios
{
    private const int AddressSpaceLimit = 9;
    private const int LockedMemoryLimit = 8;

    /// <summary>Creates the simplest map.</summary>
    public static string CreateArray() =>
        Failure(() =>
            RawMap.Create(
                new BpfMapSpec
                {
                    Type = BpfMapType.Array,
                    KeySize = 4,
                    ValueSize = 4,
                    MaxEntries = 1,
                }
            )
        );

    /// <summary>Writes to a frozen map when no descriptor is left.</summary>
    public static string UpdateFrozenWithoutDescriptors()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Freeze();
        return WithoutDescriptors(() => Failure(() => map.Update(new byte[4], new byte[8])));
    }

    /// <summary>Asks for the usage of a map when no descriptor is left.</summary>
    public static string GetUsageWithoutDescriptors()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        return WithoutDescriptors(() => Failure(() => map.GetUsage()));
    }

    /// <summary>Asks for a kind of map when no descriptor is left.</summary>
    public static string SupportsMapTypeWithoutDescriptors()
    {
        Require.Kernel();
        return WithoutDescriptors(() => Failure(() => BpfHost.Kernel.SupportsMapType(BpfMapType.LpmTrie)));
    }

    /// <summary>Creates a valid map when no descriptor is left.</summary>
    public static string CreateWithoutDescriptors()
    {
        BpfHost host = BpfHost.Kernel;
        return WithoutDescriptors(() =>
            Failure(() =>
                RawMap.Create(
                    new BpfMapSpec
                    {
                        Type = BpfMapType.Hash,
                        KeySize = 4,
                        ValueSize = 8,
                        MaxEntries = 4,
                    },
                    host
                )
            )
        );
    }

    /// <summary>Maps an array when the address space is at its end.</summary>
    public static string MapBeyondTheAddressSpace()
    {
        const ulong Room = 16 << 20;
        using RawMap small = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
        using RawMap large = TestMaps.Create(BpfMapType.Array, maxEntries: 1 << 22, flags: BpfMapFlags.Mmapable);
        Func<RawMap, string> mapping = map => Failure(() => map.Map().Dispose());
        Assert.Equal("Ok", mapping(small));
        RetiredMemory.GiveBackAll();
        // Pages that the process has mapped: what the runtime itself still wants finds room, the array does not.
        ulong pages = ulong.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]);
        ulong* limits = stackalloc ulong[] { (pages * (ulong)Environment.SystemPageSize) + Room, ulong.MaxValue };
        int isSet = SetLimit(AddressSpaceLimit, limits);
        return isSet == 0 ? $"{limits[0]} {mapping(large)}" : $"setrlimit failed with {Marshal.GetLastSystemError()}";
    }

    /// <summary>Creates a map of 16 MiB when 64 KiB may be locked, and the library must not raise the limit.</summary>
    public static string CreateMapAboveTheLockedMemoryLimit()
    {
        AppContext.SetSwitch(LockedMemory.RaiseSwitch, false);
        ulong* limits = stackalloc ulong[] { 64 << 10, 64 << 10 };
        return SetLimit(LockedMemoryLimit, limits) == 0
            ? Failure(() => TestMaps.Create(BpfMapType.Hash, valueSize: 1024, maxEntries: 16_384).Dispose())
            : $"setrlimit failed with {Marshal.GetLastSystemError()}";
    }

    /// <summary>Opens perf buffers that are larger than what may be locked, without the right to lock more.</summary>
    public static string OpenLargePerfBuffers()
    {
        OwnThread.DropAllBut(OwnThread.CapBpf | OwnThread.CapPerfmon);
        using Samples samples = new();
        return Failure(() => samples.Open(pagesPerCpu: 1 << 14));
    }

    private static string WithoutDescriptors(Func<string> action)
    {
        // What the action needs of the runtime itself is loaded before.
        action();
        int first = Libc.Fcntl(0, Libc.FcntlDuplicateCloseOnExec, 0);
        int last = first;
        for (int next = first; next >= 0; next = Libc.Fcntl(0, Libc.FcntlDuplicateCloseOnExec, 0))
            last = next;
        string answer = action();
        for (int descriptor = first; descriptor <= last; descriptor++)
            _ = Libc.Close(descriptor);
        return answer;
    }

    private static string Failure(Action action)
    {
        try
        {
            action();
            return "Ok";
        }
#pragma warning disable CA1031 // The test wants to know which it is.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return $"{problem.GetType().Name}: {problem.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong* limits);

    private sealed class Samples() : BpfPerfEventArray<ulong>(Schema.Create(null, BpfHost.Kernel), Schema)
    {
        private static BpfMapSchema Schema { get; } =
            new()
            {
                Type = BpfMapType.PerfEventArray,
                Name = "samples",
                Value = BpfTypeLayout.Of<ulong>(),
            };
    }
}
