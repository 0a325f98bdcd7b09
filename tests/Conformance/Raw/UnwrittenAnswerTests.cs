using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of commands that fail before they write anything: the previous content of buffers is not a result.</summary>
public sealed class UnwrittenAnswerTests
{
    private const int Full = 16;

    /// <summary>Error numbers that a command may return.</summary>
    public static TheoryData<int> Errnos =>
        [
            Errno.EPERM,
            Errno.ENOENT,
            Errno.EINTR,
            Errno.E2BIG,
            Errno.EBADF,
            Errno.EAGAIN,
            Errno.ENOMEM,
            Errno.EACCES,
            Errno.EFAULT,
            Errno.EBUSY,
            Errno.EEXIST,
            Errno.EINVAL,
            Errno.ENOSPC,
            Errno.ENOSYS,
            Errno.EOPNOTSUPP,
            Errno.ENOTSUPP,
        ];

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.LpmTrie)]
    [InlineData(BpfMapType.PerCpuHash)]
    public void BatchThatIsInterruptedBeforeItBegins_IsRepeated(BpfMapType type)
    {
        TestHost.RequireFeature(KernelFeature.BatchesOf(type));
        FailingHost host = new(TestHost.Current);
        using RawMap map = TestMaps.Create(type, keySize: type == BpfMapType.LpmTrie ? 8 : 4, maxEntries: Full, host: host);
        TestMaps.Fill(map, Full);
        host.Fail(Errno.EINTR, times: 5);

        using BpfBatchCursor cursor = map.LookupBatch(chunkSize: 4);
        HashSet<string> keys = [];
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
                Assert.True(keys.Add(Convert.ToHexString(cursor.GetKey(index))), "A key came twice.");
        }

        Assert.Equal(Full, keys.Count);
    }

    [Fact]
    public void BatchThatIsInterruptedForEver_FailsInsteadOfTryingForEver()
    {
        FailingHost host = new(TestHost.Current);
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Full, host: host);
        host.Fail(Errno.EINTR, times: int.MaxValue);

        using BpfBatchCursor cursor = map.LookupBatch();
        BpfException problem = Assert.Throws<BpfException>(() => cursor.MoveNext());

        Assert.Equal("EINTR", problem.ErrnoName);
    }

    [Theory]
    [MemberData(nameof(Errnos))]
    public void BatchThatFails_DeliversNothing(int errno)
    {
        FailingHost host = new(TestHost.Current);
        using RawMap map = TestMaps.Create(BpfMapType.Hash, maxEntries: Full, host: host);
        TestMaps.Fill(map, Full);
        host.Fail(errno, times: int.MaxValue);

        using BpfBatchCursor reading = map.LookupBatch();
        using BpfBatchCursor taking = map.LookupAndDeleteBatch();
        Assert.Equal(0, Delivered(reading));
        Assert.Equal(0, Delivered(taking));
        Assert.Equal(
            0,
            Written(() =>
                map.UpdateBatch(new byte[4 * Full], new byte[8 * Full], out int processed) == BpfUpdateResult.Ok ? Full : processed
            )
        );
        Assert.Equal(0, Written(() => map.DeleteBatch(new byte[4 * Full], out int processed) ? Full : processed));
    }

    [Theory]
    [MemberData(nameof(Errnos))]
    public void ElementThatFails_DeliversNothing(int errno)
    {
        FailingHost host = new(TestHost.Current);
        using FlowsMap flows = FlowsMap.FromRaw(FlowsMap.Schema.Create(null, host));
        host.Fail(errno, times: int.MaxValue);

        Assert.False(
            Answered(() => flows.TryGetValue(new FlowKey(), out FlowStats value) || !value.Equals(default(FlowStats))),
            "A value came."
        );
        Assert.False(
            Answered(() => flows.TryRemove(new FlowKey(), out FlowStats value) || !value.Equals(default(FlowStats))),
            "A value came."
        );
        Assert.False(Answered(() => flows.Any()), "An element came.");
        Assert.False(Answered(() => flows.Keys.Any()), "A key came.");
        Assert.False(Answered(() => flows.Drain().GetEnumerator() is var drain && drain.MoveNext()), "An element came.");
        Assert.False(Answered(() => flows.Count() != 0), "Elements were counted.");
    }

    [Theory]
    [MemberData(nameof(Errnos))]
    public void OpeningThatFails_IsAnException(int errno)
    {
        FailingHost host = new(TestHost.Current);
        host.Fail(errno, times: int.MaxValue);
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 4,
        };

        Assert.Equal(errno, Assert.ThrowsAny<BpfException>(() => RawMap.Create(spec, host)).Errno);
        Assert.Equal(errno, Assert.ThrowsAny<BpfException>(() => RawMap.OpenById(1, host: host)).Errno);
        Assert.Equal(errno, Assert.ThrowsAny<BpfException>(() => RawMap.OpenPinned("/sys/fs/bpf/none", host: host)).Errno);
        Assert.Equal(errno, Assert.ThrowsAny<BpfException>(() => RawMap.FromFileDescriptor(0, host)).Errno);
        if (errno == Errno.ENOENT)
            Assert.Empty(RawMap.EnumerateLoaded(host));
        else
            Assert.Equal(errno, Assert.ThrowsAny<BpfException>(() => RawMap.EnumerateLoaded(host).Count()).Errno);
    }

    [Fact]
    public void ListOfMapsThatDoesNotMoveOn_Ends()
    {
        FailingHost host = new(TestHost.Current);
        host.Fail(Errno.Ok, times: int.MaxValue);

        Assert.Empty(RawMap.EnumerateLoaded(host));
    }

    private static int Delivered(BpfBatchCursor cursor)
    {
        try
        {
            while (cursor.MoveNext()) { }
        }
        catch (BpfException)
        {
            return (int)cursor.TotalCount;
        }

        return (int)cursor.TotalCount;
    }

    private static int Written(Func<int> write)
    {
        try
        {
            return write();
        }
        catch (BpfException)
        {
            return 0;
        }
    }

    private static bool Answered(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (BpfException)
        {
            return false;
        }
    }

    /// <summary>
    /// Forwards to another host, but commands fail like one that the kernel refuses before it writes anything: with an error number only.
    /// </summary>
    private sealed unsafe class FailingHost(BpfHost host) : ForwardingHost(host)
    {
        private int _errno;
        private int _times;

        public void Fail(int errno, int times) => (_errno, _times) = (errno, times);

        internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map)
        {
            map = null;
            return Fails(out int errno) ? errno : base.CreateMap(arguments, out map);
        }

        internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map)
        {
            map = null;
            return Fails(out int errno) ? errno : base.OpenPinnedMap(path, access, out map);
        }

        internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map)
        {
            map = null;
            return Fails(out int errno) ? errno : base.OpenMapById(id, access, out map);
        }

        internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map)
        {
            map = null;
            return Fails(out int errno) ? errno : base.DuplicateDescriptor(descriptor, out map);
        }

        internal override int GetNextMapId(uint id, out uint nextId)
        {
            nextId = 0;
            return Fails(out int errno) ? errno : base.GetNextMapId(id, out nextId);
        }

        internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags) =>
            Fails(out int errno) ? errno : base.Lookup(map, key, value, flags);

        internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) =>
            Fails(out int errno) ? errno : base.LookupAndDelete(map, key, value, flags);

        internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey) =>
            Fails(out int errno) ? errno : base.GetNextKey(map, key, nextKey);

        internal override int LookupBatch(
            SafeHandle map,
            byte* position,
            byte* nextPosition,
            byte* keys,
            byte* values,
            ref uint count,
            ulong flags
        ) => Fails(out int errno) ? errno : base.LookupBatch(map, position, nextPosition, keys, values, ref count, flags);

        internal override int LookupAndDeleteBatch(
            SafeHandle map,
            byte* position,
            byte* nextPosition,
            byte* keys,
            byte* values,
            ref uint count,
            ulong flags
        ) => Fails(out int errno) ? errno : base.LookupAndDeleteBatch(map, position, nextPosition, keys, values, ref count, flags);

        internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) =>
            Fails(out int errno) ? errno : base.UpdateBatch(map, keys, values, ref count, flags);

        internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) =>
            Fails(out int errno) ? errno : base.DeleteBatch(map, keys, ref count, flags);

        private bool Fails(out int errno)
        {
            errno = _errno;
            return _times > 0 && _times-- > 0;
        }
    }
}
