using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of all local storage types, with a descriptor of the owner.</summary>
public sealed class LocalStorageTests
{
    private static readonly ConditionalWeakTable<SafeHandle, Socket> s_sockets = [];

    private static readonly FlowStats s_one = new() { Packets = 1, Flags = 1 };
    private static readonly FlowStats s_two = new() { Packets = 2, Flags = 2 };

    public static TheoryData<BpfMapType> Kinds =>
        [BpfMapType.SkStorage, BpfMapType.TaskStorage, BpfMapType.InodeStorage, BpfMapType.CgrpStorage];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ValueOfAnOwner_IsWrittenReadAndRemoved(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        Assert.False(map.TryGetValue(owner, out FlowStats value));
        Assert.Equal(default, value);
        Assert.False(map.ContainsKey(owner));
        Assert.False(map.Remove(owner));

        map.Set(owner, s_one);
        Assert.True(map.TryGetValue(owner, out value));
        Assert.Equal(s_one, value);
        map.Set(owner, s_two);
        Assert.True(map.TryGetValue(owner, out value));
        Assert.Equal(s_two, value);
        Assert.True(map.ContainsKey(owner));
        Assert.True(map.Remove(owner));
        Assert.False(map.TryGetValue(owner, out value));
        Assert.Equal(default, value);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Flags_SelectAddOrReplace(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        Assert.False(map.TryUpdate(owner, s_one));
        Assert.Equal(BpfUpdateResult.NotFound, map.Update(owner, s_one, BpfUpdateFlags.Exist));
        Assert.True(map.TryAdd(owner, s_one));
        Assert.False(map.TryAdd(owner, s_two));
        Assert.Equal(BpfUpdateResult.AlreadyExists, map.Update(owner, s_two, BpfUpdateFlags.NoExist));
        Assert.True(map.TryGetValue(owner, out FlowStats value));
        Assert.Equal(s_one, value);
        Assert.True(map.TryUpdate(owner, s_two));
        Assert.True(map.TryGetValue(owner, out value));
        Assert.Equal(s_two, value);
        Assert.Equal(Errno.EINVAL, Assert.Throws<BpfException>(() => map.TryGetValue(owner, out _, BpfLookupFlags.Lock)).Errno);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Types_ArePassedToTheKernel(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        Assert.Equal((0u, 4, 16, BpfMapFlags.NoPrealloc), (map.Info.MaxEntries, map.Info.KeySize, map.Info.ValueSize, map.Info.Flags));
        Assert.True(MapBtf.TryGetLayouts(map.Raw, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Equal(4, key!.Size);
        Assert.Equal(["Packets", "Flags"], value!.Fields.Select(field => field.Name));
        Assert.Throws<BpfNotSupportedException>(() => map.Raw.TryGetNextKey([], new byte[4]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GarbageInTheValuePadding_DoesNotReachTheKernel(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        FlowStats dirty = default;
        Garbage.Fill(ref dirty, 0xA5);
        (dirty.Packets, dirty.Flags) = (3, 4);
        map.Set(owner, in dirty);
        byte[] bytes = new byte[16];
        Assert.True(map.Raw.TryLookup(TestMaps.Bytes((int)owner.DangerousGetHandle()), bytes));
        Assert.All(bytes[9..], static padding => Assert.Equal(0, padding));
    }

    [Theory]
    [InlineData(BpfMapType.SkStorage, Errno.ENOTSOCK, "not one of a socket")]
    [InlineData(BpfMapType.TaskStorage, Errno.EBADF, "not one of a process or thread (pidfd_open(2))")]
    [InlineData(BpfMapType.CgrpStorage, Errno.EBADF, "not one of the directory of a cgroup")]
    public void OtherDescriptor_IsRejectedWithTheExpectedOwner(BpfMapType kind, int errno, string words)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        BpfException[] refusals =
        [
            Assert.Throws<BpfException>(() => map.Set(map.Raw.Handle, s_one)),
            Assert.Throws<BpfException>(() => map.TryGetValue(map.Raw.Handle, out _)),
            Assert.Throws<BpfException>(() => map.Remove(map.Raw.Handle)),
        ];
        Assert.All(
            refusals,
            refusal =>
            {
                Assert.Equal(errno, refusal.Errno);
                Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ClosedDescriptor_ThrowsObjectDisposed(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        SafeHandle owner = Owner(kind);
        owner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => map.Set(owner, s_one));
        Assert.Throws<ObjectDisposedException>(() => map.TryGetValue(owner, out _));
        Assert.Throws<ArgumentNullException>(() => map.Remove(null!));
        map.Dispose();
        using SafeHandle another = Owner(kind);
        Assert.Throws<ObjectDisposedException>(() => map.TryGetValue(another, out _));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MapOfAnotherShape_IsRejected(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> fitting = Create(kind, out BpfMapSchema schema);
        Assert.Same(fitting.Raw, schema.Validate(fitting.Raw));
        BpfTypeLayout moved = BpfTypeLayout.Struct(
            "FlowStats",
            16,
            8,
            new("Packets", 0, BpfTypeLayout.Of<ulong>()),
            new("Flags", 12, BpfTypeLayout.Of<byte>())
        );
        using RawMap other = new BpfMapSchema
        {
            Type = kind,
            Name = "moved",
            Flags = BpfMapFlags.NoPrealloc,
            Value = moved,
        }.Create(null, null);
        Assert.Contains("Flags", Assert.Throws<BpfMapMismatchException>(() => schema.Validate(other)).Message, StringComparison.Ordinal);
        using RawMap small = new BpfMapSchema
        {
            Type = kind,
            Name = "small",
            Flags = BpfMapFlags.NoPrealloc,
            Value = BpfTypeLayout.Of<uint>(),
        }.Create(null, null);
        Assert.Contains(
            "value_size is 4",
            Assert.Throws<BpfMapMismatchException>(() => schema.Validate(small)).Message,
            StringComparison.Ordinal
        );
        using RawMap hash = TestMaps.Create(BpfMapType.Hash, valueSize: 16);
        Assert.Contains(
            $"type is Hash, but {kind} was declared",
            Assert.Throws<BpfMapMismatchException>(() => schema.Validate(hash)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MissingCapability_PreventsCreation(BpfMapType kind)
    {
        Require.Kernel();
        Require.Root();
        using BpfLocalStorage<FlowStats> map = Create(kind, out BpfMapSchema schema);
        OwnThread.RunWithoutCapabilities(() =>
            Assert.Contains(
                "CAP_BPF",
                Assert.Throws<BpfPermissionException>(() => schema.Create(null, null)).Message,
                StringComparison.Ordinal
            )
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OpenMap_IsUsedWithoutCapabilities(BpfMapType kind)
    {
        Require.Feature(KernelFeature.UseWithoutCapability);
        Require.Root();
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        OwnThread.RunWithoutCapabilities(() => map.Set(owner, s_one));
        Assert.True(map.ContainsKey(owner));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FrozenMap_CanOnlyBeRead(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        map.Set(owner, s_one);
        map.Freeze();
        Assert.True(map.TryGetValue(owner, out _));
        Assert.Contains("frozen", Assert.Throws<BpfPermissionException>(() => map.Set(owner, s_two)).Message, StringComparison.Ordinal);
        Assert.Throws<BpfPermissionException>(() => map.Remove(owner));
    }

    [Fact]
    public void TooLargeValue_FailsWithTheReason()
    {
        Require.MapType(BpfMapType.TaskStorage);
        BpfTypeLayout large = BpfTypeLayout.Struct("Large", 1 << 16, 1, new BpfFieldLayout("Bytes", 0, BpfTypeLayout.Of<byte>(), 1 << 16));
        BpfException refusal = Assert.Throws<BpfException>(() =>
            new BpfMapSchema
            {
                Type = BpfMapType.TaskStorage,
                Name = "large",
                Flags = BpfMapFlags.NoPrealloc,
                Value = large,
            }.Create(null, null)
        );
        Assert.Equal(Errno.E2BIG, refusal.Errno);
        Assert.Contains("value_size 65536 exceeds", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ReadingAndWriting_AllocateNothing(BpfMapType kind)
    {
        using BpfLocalStorage<FlowStats> map = Create(kind);
        using SafeHandle owner = Owner(kind);
        void Use()
        {
            map.Set(owner, in s_one);
            map.TryGetValue(owner, out _);
            map.TryUpdate(owner, in s_two);
            map.Remove(owner);
            map.TryGetValue(owner, out _);
        }

        Assert.Equal(0, FewestAllocated(Use));
    }

    /// <summary>Returns the minimum number of bytes allocated in a round, because the runtime itself allocates occasionally.</summary>
    internal static long FewestAllocated(Action use)
    {
        long fewest = long.MaxValue;
        for (int round = 0; round < 200; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            use();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return fewest;
    }

    private static BpfLocalStorage<FlowStats> Create(BpfMapType kind) => Create(kind, out _);

    private static BpfLocalStorage<FlowStats> Create(BpfMapType kind, out BpfMapSchema schema)
    {
        Require.MapType(kind);
        (schema, Func<BpfLocalStorage<FlowStats>> create) = kind switch
        {
            BpfMapType.SkStorage => (SocketNotesMap.Schema, (Func<BpfLocalStorage<FlowStats>>)(static () => SocketNotesMap.Create())),
            BpfMapType.TaskStorage => (TaskNotesMap.Schema, static () => TaskNotesMap.Create()),
            BpfMapType.InodeStorage => (FileNotesMap.Schema, static () => FileNotesMap.Create()),
            _ => (GroupNotesMap.Schema, static () => GroupNotesMap.Create()),
        };
        return create();
    }

    /// <summary>Creates the handle of a socket. The finalizer of the socket would close it, so that the socket lives as long.</summary>
    private static SafeSocketHandle SocketHandle()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        s_sockets.Add(socket.SafeHandle, socket);
        return socket.SafeHandle;
    }

    private static SafeHandle Owner(BpfMapType kind) =>
        kind switch
        {
            BpfMapType.SkStorage => SocketHandle(),
            BpfMapType.TaskStorage => TestLibc.OpenThisProcess(),
            BpfMapType.InodeStorage => TestLibc.Open("/proc/self/exe"),
            _ => TestLibc.OpenCgroupRoot(),
        };
}
