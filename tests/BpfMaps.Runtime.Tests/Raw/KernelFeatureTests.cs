using System.Runtime.InteropServices;
using BpfMaps.Interop;
using BpfMaps.Tests;

namespace BpfMaps.Runtime.Tests.Raw;

/// <summary>The kernel has each feature from its first version on, and not before.</summary>
public sealed unsafe class KernelFeatureTests
{
    private const int CapabilityOfBpf = 39;
    private const int PerfEventAttachType = 41;
    private const int TcxIngressAttachType = 46;
    private const int LoopbackInterface = 1;
    private const uint MaySleep = 1 << 4;

    private static readonly BpfMapSpec s_largeKeys = new()
    {
        Type = BpfMapType.Hash,
        KeySize = 4096,
        ValueSize = 8,
        MaxEntries = 1,
    };

    private static readonly Dictionary<KernelFeature, Func<bool>> s_probes = new()
    {
        [KernelFeature.Maps] = () => Supports(BpfMapType.Hash, BpfMapType.Array),
        [KernelFeature.Pins] = CanPin,
        [KernelFeature.PerCpuMaps] = () => Supports(BpfMapType.PerCpuHash, BpfMapType.PerCpuArray),
        [KernelFeature.LruHashes] = () => Supports(BpfMapType.LruHash, BpfMapType.LruPerCpuHash),
        [KernelFeature.Tries] = () => Supports(BpfMapType.LpmTrie),
        [KernelFeature.Ids] = CanOpenById,
        [KernelFeature.NamesAndAccess] = () => Creates(BpfMapType.Hash, BpfMapFlags.ReadOnly),
        [KernelFeature.Types] = HasTypes,
        [KernelFeature.Queues] = () => Supports(BpfMapType.Queue, BpfMapType.Stack),
        [KernelFeature.SpinLocks] = HasTypes,
        [KernelFeature.Freezing] = CanFreeze,
        [KernelFeature.MappedArrays] = () => Creates(BpfMapType.Array, BpfMapFlags.Mmapable),
        [KernelFeature.Batches] = () => HasBatches(BpfMapType.Hash) && HasBatches(BpfMapType.Array),
        [KernelFeature.RingBuffers] = () => Supports(BpfMapType.RingBuf),
        [KernelFeature.Capabilities] = () => int.Parse(File.ReadAllText("/proc/sys/kernel/cap_last_cap")) >= CapabilityOfBpf,
        [KernelFeature.LargeHashKeys] = () => TestMaps.CreateErrno(s_largeKeys) == Errno.Ok,
        [KernelFeature.CgroupAccounting] = () => ChildProcess.Run(nameof(ChildScenarios.CreateMapAboveTheLockedMemoryLimit)) == "Ok",
        [KernelFeature.FloatingPointTypes] = TakesFloatingPoint,
        [KernelFeature.BatchesOfPerCpuArraysAndTries] = () => HasBatches(BpfMapType.PerCpuArray) && HasBatches(BpfMapType.LpmTrie),
        [KernelFeature.SyscallPrograms] = () => TestProgram.IsSupported(ProgramType.Syscall, MaySleep),
        [KernelFeature.Queries] = () => TestProgram.IsSupported(ProgramType.Syscall, MaySleep),
        [KernelFeature.LookupAndDeleteOfHashes] = HasLookupAndDelete,
        [KernelFeature.PerfEventLinks] = CanLinkPerfEvents,
        [KernelFeature.Cookies] = CanLinkPerfEvents,
        [KernelFeature.BloomFilters] = () => Supports(BpfMapType.BloomFilter),
        [KernelFeature.BatchesOfMapsOfMaps] = () => HasBatches(BpfMapType.ArrayOfMaps) && HasBatches(BpfMapType.HashOfMaps),
        [KernelFeature.QueriesOfPerCpuMaps] = CanLookUpValuesOfOtherCpus,
        [KernelFeature.UseWithoutCapability] = CanUseWithoutCapability,
        [KernelFeature.UserRingBuffers] = () => Supports(BpfMapType.UserRingBuf),
        [KernelFeature.QueriesOfUnallocatedHashes] = CanUseUnallocatedHashes,
        [KernelFeature.LocksInInnerMaps] = TakesLocksInInnerMaps,
        [KernelFeature.PerfEventInfo] = ReportsPerfEvents,
        [KernelFeature.Tcx] = CanLinkTcx,
        [KernelFeature.ThreadOwners] = CanOpenThread,
        [KernelFeature.RawTracepointCookies] = CanLinkRawTracepointTwice,
        [KernelFeature.TrieFlags] = () => BpfHost.Kernel.HonorsTrieFlags,
    };

    public static TheoryData<string> Features => [.. KernelFeature.All.Select(static feature => feature.Name)];

    [Theory]
    [MemberData(nameof(Features))]
    public void Feature_ExistsFromItsFirstVersionOn(string name)
    {
        Require.Kernel();
        Require.Root();
        KernelFeature feature = KernelFeature.All.Single(feature => feature.Name == name);
        bool exists = s_probes[feature]();
        bool isExpected = Environment.OSVersion.Version >= feature.First;
        Assert.True(
            exists == isExpected || (exists && feature.IsBackported),
            $"Linux {feature.First} introduced '{name}'. This kernel, {Environment.OSVersion.Version}, {(exists ? "has" : "does not have")} it."
        );
    }

    private static bool Supports(params ReadOnlySpan<BpfMapType> types)
    {
        foreach (BpfMapType type in types)
        {
            if (!BpfHost.Kernel.SupportsMapType(type))
                return false;
        }
        return true;
    }

    /// <summary>Loads a program that looks up the value of another CPU (bpf_map_lookup_percpu_elem).</summary>
    private static bool CanLookUpValuesOfOtherCpus()
    {
        const int LookupPerCpuElement = 195;
        using RawMap map = TestMaps.Create(BpfMapType.PerCpuArray);
        return TestProgram.IsSupported(
            ProgramType.Syscall,
            MaySleep,
            [
                Instruction.StoreOnStack(-sizeof(uint), 0),
                .. Instruction.MoveStack(2, -sizeof(uint)),
                .. Instruction.LoadMap(1, map),
                Instruction.Move(3, 0),
                Instruction.Call(LookupPerCpuElement),
                .. Instruction.Return(0),
            ]
        );
    }

    /// <summary>Loads a program that may sleep with a hash that allocates its elements when they are added.</summary>
    private static bool CanUseUnallocatedHashes()
    {
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 1,
                Flags = BpfMapFlags.NoPrealloc,
            }
        );
        return TestProgram.IsSupported(ProgramType.Syscall, MaySleep, [.. Instruction.LoadMap(1, map), .. Instruction.Return(0)]);
    }

    private static bool Creates(BpfMapType type, BpfMapFlags flags) => MapTypeProbe.Create(BpfHost.Kernel, type, flags) == Errno.Ok;

    private static bool CanPin()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        return BpfHost.Kernel.Pin(map.Handle, pins["map"]) == Errno.Ok;
    }

    private static bool CanOpenById()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap same = RawMap.OpenById(map.Info.Id);
        return RawMap.EnumerateLoaded().Any(info => info.Id == same.Info.Id);
    }

    private static bool HasTypes()
    {
        using SafeHandle btf = TestBtf.Load();
        using RawMap map = WithLock(btf);
        return map.Info.BtfId != 0;
    }

    private static bool TakesLocksInInnerMaps()
    {
        using SafeHandle btf = TestBtf.Load();
        using RawMap inner = WithLock(btf);
        BpfMapCreateArguments arguments = new()
        {
            Type = BpfMapType.ArrayOfMaps,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
            InnerMap = inner.Handle,
        };
        int errno = BpfHost.Kernel.CreateMap(arguments, out SafeHandle? map);
        map?.Dispose();
        return errno == Errno.Ok;
    }

    private static RawMap WithLock(SafeHandle btf) =>
        RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 1,
                Btf = btf,
                BtfKeyTypeId = TestBtf.Int,
                BtfValueTypeId = TestBtf.LockedValue,
            }
        );

    private static bool CanFreeze()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        return BpfHost.Kernel.Freeze(map.Handle) == Errno.Ok;
    }

    private static bool HasBatches(BpfMapType type)
    {
        using SampleMap sample = SampleMap.Of(type);
        byte* position = stackalloc byte[8];
        uint count = 1;
        fixed (byte* keys = new byte[sample.Map.KeySize])
        fixed (byte* values = new byte[sample.Map.ElementValueSize])
        {
            int errno = BpfHost.Kernel.LookupBatch(sample.Map.Handle, null, position, keys, values, ref count, 0);
            return errno is Errno.Ok or Errno.ENOENT;
        }
    }

    private static bool HasLookupAndDelete()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        ulong key = 0,
            value = 0;
        return BpfHost.Kernel.LookupAndDelete(map.Handle, (byte*)&key, (byte*)&value, 0) == Errno.ENOENT;
    }

    /// <summary>Loads the types of a <c>double</c>.</summary>
    private static bool TakesFloatingPoint()
    {
        const uint KindFloat = 16u << 24;
        uint[] btf = [0x0001_eb9f, 24, 0, 12, 12, 8, 1, KindFloat, sizeof(double), .. MemoryMarshal.Cast<byte, uint>("\0double\0"u8)];
        int errno = BpfHost.Kernel.LoadBtf(MemoryMarshal.AsBytes<uint>(btf), out SafeHandle? handle);
        handle?.Dispose();
        return errno == Errno.Ok;
    }

    private static bool CanLinkPerfEvents()
    {
        using TestProgram program = TestProgram.Load(ProgramType.PerfEvent, Instruction.Return(0));
        using SafeHandle perfEvent = TestLibc.OpenPerfEvent();
        using SafeHandle? link = program.TryLink(perfEvent, PerfEventAttachType);
        return link is not null;
    }

    private static bool CanLinkTcx()
    {
        using TestProgram program = TestProgram.Load(ProgramType.SchedCls, Instruction.Return(0));
        using SafeHandle? link = program.TryLink(LoopbackInterface, TcxIngressAttachType);
        return link is not null;
    }

    private static bool CanLinkRawTracepointTwice()
    {
        using TestProgram program = TestProgram.Load(ProgramType.RawTracepoint, Instruction.Return(0));
        using SafeHandle? first = program.TryOpenRawTracepoint("sched_process_exec\0"u8);
        Assert.NotNull(first);
        using SafeHandle? second = program.TryOpenRawTracepoint("sched_process_exec\0"u8);
        return second is not null;
    }

    private static bool ReportsPerfEvents()
    {
        using TestProgram program = TestProgram.Load(ProgramType.PerfEvent, Instruction.Return(0));
        using SafeHandle perfEvent = TestLibc.OpenPerfEvent();
        using SafeHandle? link = program.TryLink(perfEvent, PerfEventAttachType);
        if (link is null)
            return false;
        // struct bpf_link_info: type, id, program, and for perf events their kind, which older kernels leave 0.
        uint* info = stackalloc uint[8];
        ObjectInfoAttribute attribute = new()
        {
            BpfFd = (uint)link.DangerousGetHandle(),
            InfoLength = 32,
            Info = (ulong)info,
        };
        Assert.True(BpfSyscall.Invoke(BpfCommand.ObjGetInfoByFd, &attribute, (uint)sizeof(ObjectInfoAttribute)) >= 0);
        return info[4] != 0;
    }

    private static bool CanUseWithoutCapability()
    {
        Require.That(
            File.ReadAllText("/proc/sys/kernel/unprivileged_bpf_disabled").Trim() != "0",
            "unprivileged-bpf-disabled",
            "this kernel lets everybody use bpf(2)"
        );
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        int errno = 0;
        OwnThread.RunWithoutCapabilities(() =>
        {
            ulong key = 0,
                value = 0;
            errno = BpfHost.Kernel.Lookup(map.Handle, (byte*)&key, (byte*)&value, 0);
        });
        return errno == Errno.ENOENT;
    }

    private static bool CanOpenThread()
    {
        const int PidfdOpen = 434;
        const int Thread = 0x80;
        long descriptor = TestLibc.Syscall(PidfdOpen, Environment.ProcessId, Thread, 0, 0, 0);
        if (descriptor < 0)
            return false;
        new Microsoft.Win32.SafeHandles.SafeFileHandle((nint)descriptor, ownsHandle: true).Dispose();
        return true;
    }
}
