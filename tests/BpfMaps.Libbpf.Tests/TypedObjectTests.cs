using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of a generated class, from the layout to the kernel and back.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TypedObjectTests
{
    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("typed")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("typed.bpf.layout")));
    }

    [Fact]
    public void Variables_AreSetAndReadBeforeAndAfterTheLoad()
    {
        using TypedObject typed = Open();
        Assert.True(typed.Rodata.IsEnabled);
        Assert.Equal(1000, typed.Data.Limit);
        typed.Rodata.TargetPid = 4711;
        typed.Rodata.IsEnabled = false;
        typed.Data.Limit = 7;
        typed.Bss.Total = 3;
        Assert.Equal(4711u, typed.Rodata.TargetPid);

        typed.Load();

        Assert.Equal((4711u, false, 7, 3ul), (typed.Rodata.TargetPid, typed.Rodata.IsEnabled, typed.Data.Limit, typed.Bss.Total));
        typed.Data.Limit = 8;
        Assert.Equal(8, typed.Data.Limit);
        Assert.Throws<InvalidOperationException>(() => typed.Rodata.TargetPid = 1);
    }

    [Fact]
    public void Program_FillsTypedMapsAndVariables()
    {
        using TypedObject typed = Loaded();
        CallSomeTimes(typed);

        Assert.Equal((ulong)KnownCalls.Count, typed.Bss.Total);
        Assert.Equal(1000 - KnownCalls.Count, typed.Data.Limit);
        Assert.Equal((uint)KnownCalls.Count, typed.Bss.Histogram[(int)(KnownCalls.Number & 7)]);
        Assert.Equal(TypedObject.Verdict.Drop, typed.Bss.Last.Verdict);
        (TypedObject.CallKey key, TypedObject.CallStats stats) = Assert.Single(typed.Calls);
        Assert.Equal(((uint)Environment.ProcessId, "typed"), (key.Pid, key.Comm.ToString()));
        Assert.Equal((80, 1, 5), (BitConverter.IsLittleEndian ? (ushort)key.Port : 80, key.Urgent, key.Level));
        Assert.Equal(
            ((ulong)KnownCalls.Count, KnownCalls.Number, TypedObject.Verdict.Drop, 7u),
            (stats.Calls, stats.LastNumber, stats.Verdict, stats.V4)
        );
        Assert.True(typed.Calls.TryGetValue(key, out TypedObject.CallStats again));
        Assert.Equal(stats.Calls, again.Calls);
    }

    [Fact]
    public void RingWithRecordType_IsLoadedAndReadAsThatType()
    {
        using TypedObject typed = Loaded();
        Assert.Equal(0, typed.Object.GetMap("events").ValueSize);
        CallSomeTimes(typed);

        // Each record has a header of 8 bytes. Records that did not fit in the full ring are missing.
        int room = (int)typed.Events.Size / (Marshal.SizeOf<TypedObject.CallKey>() + 8);
        int read = typed.Events.Read(
            (in TypedObject.CallKey key) =>
                Assert.Equal(((uint)Environment.ProcessId, "typed", 5), (key.Pid, key.Comm.ToString(), key.Level))
        );

        Assert.InRange(read, room - 1, room);
    }

    [Fact]
    public void PerCpuValues_AreSummedIfTheyCanBe()
    {
        using TypedObject typed = Loaded();
        CallSomeTimes(typed);

        TypedObject.PerCpu total = typed.Cpus.Aggregate(0);

        Assert.Equal(
            ((ulong)KnownCalls.Count, 2u * KnownCalls.Count, (uint)KnownCalls.Count),
            (total.Calls, total.Sizes[3], total.Inner.Hits)
        );
        Assert.InRange(total.Errors, 5, 4095);
    }

    [Fact]
    public void Trie_AcceptsPrefixesOfTheDataAfterTheLength()
    {
        using TypedObject typed = Loaded();
        TypedObject.RoutesMap routes = typed.Routes;
        TypedObject.Bytes4 net = default,
            host = default;
        (net[0], host[0], host[3]) = (10, 10, 9);

        routes.Set(new LpmKey<TypedObject.Bytes4>(8, net), 42);

        Assert.True(routes.TryMatch(host, out uint value));
        Assert.Equal(42u, value);
    }

    [Fact]
    public void CustomDeclaration_ReplacesTheGeneratedTypes()
    {
        using TypedObject typed = Loaded();
        CallSomeTimes(typed);

        OwnStatsMap own = typed.Own;

        Assert.Equal(
            (1ul, KnownCalls.Number, 3u),
            (own[(uint)Environment.ProcessId].Calls, own[(uint)Environment.ProcessId].LastNumber, own[(uint)Environment.ProcessId].Verdict)
        );
    }

    [Fact]
    public void View_AccessesTheVariablesInPlace()
    {
        using TypedObject typed = Loaded();
        using TypedObject.BssSection.View bss = typed.Bss.Map();
        bss.Histogram[(int)(KnownCalls.Number & 7)] = 5;

        CallSomeTimes(typed);

        Assert.Equal((ulong)KnownCalls.Count, bss.Total);
        Assert.Equal(5u + KnownCalls.Count, bss.Histogram[(int)(KnownCalls.Number & 7)]);
        Interlocked.Add(ref bss.Total, 10);
        Assert.Equal((ulong)KnownCalls.Count + 10, typed.Bss.Total);
    }

    [Fact]
    public void View_OutlivesTheObject()
    {
        TypedObject typed = Loaded();
        using TypedObject.BssSection.View bss = typed.Bss.Map();

        typed.Dispose();

        bss.Total++;
        Assert.Equal(1ul, bss.Total);
    }

    [Fact]
    public void Maps_RequireTheLoadAndAreDisposedWithTheObject()
    {
        TypedObject typed = Open();
        Assert.Contains("Load()", Assert.Throws<InvalidOperationException>(() => typed.Calls).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Load()",
            Assert.Throws<InvalidOperationException>(() => typed.Bss.Map().Dispose()).Message,
            StringComparison.Ordinal
        );
        typed.Load();
        TypedObject.CallsMap calls = typed.Calls;
        Assert.Same(calls, typed.Calls);
        TypedObject.EventsMap events = typed.Events;

        typed.Dispose();

        Assert.Throws<ObjectDisposedException>(() => calls.Count());
        Assert.Throws<ObjectDisposedException>(() => events.AvailableBytes);
        Assert.Throws<ObjectDisposedException>(() => typed.Calls);
        Assert.Throws<ObjectDisposedException>(() => typed.Bss.Total);
    }

    [Fact]
    public void ObjectInTheApplicationDirectory_IsFound()
    {
        File.Copy(CompiledFixture.Path("typed"), Path.Combine(AppContext.BaseDirectory, "typed.bpf.o"), overwrite: true);

        using TypedObject typed = TypedObject.Open();

        Assert.Equal("raw_tp/sys_enter", typed.OnEnter.SectionName);
        Assert.Equal(128u, typed.Object.GetMap("calls").MaxEntries);
    }

    [Fact]
    public void ObjectInMemory_EqualsItsFile()
    {
        using TypedObject fromFile = Open(),
            typed = TypedObject.OpenMemory(File.ReadAllBytes(CompiledFixture.Path("typed")));
        Assert.Equal(fromFile.Object.Name, typed.Object.Name);
        Assert.Equal(fromFile.Object.Maps.Select(static map => map.Name), typed.Object.Maps.Select(static map => map.Name));
        typed.Rodata.TargetPid = (uint)Environment.ProcessId;
        typed.Rodata.TargetNumber = KnownCalls.Number;

        typed.Load();

        CallSomeTimes(typed);
        Assert.Equal((ulong)KnownCalls.Count, typed.Bss.Total);
        using TypedObject named = TypedObject.OpenMemory(File.ReadAllBytes(CompiledFixture.Path("typed")), new() { Name = "chosen" });
        Assert.Equal("chosen", named.Object.Name);
    }

    [Fact]
    public void BytesThatAreNotAnObject_AreRejected()
    {
        Require.Libbpf();
        Assert.Throws<BpfObjectException>(() => TypedObject.OpenMemory([]));
        Assert.Throws<BpfObjectException>(() => TypedObject.OpenMemory(new byte[4096]));
    }

    [Fact]
    public void AnotherObject_FailsWithTheSectionThatDiffers()
    {
        BpfMapMismatchException exception = Assert.Throws<BpfMapMismatchException>(() => TypedObject.Open(CompiledFixture.Path("events")));

        Assert.Contains("value_size of map '.bss' is 8, but 80 was expected", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectWithMovedVariables_FailsWithEachVariable()
    {
        // Required before anything is written: a skipped test leaves no files.
        Require.Kernel();
        Require.Libbpf();
        Require.Clang();
        string source = File.ReadAllText(ClangCompiler.FixturePath("typed.bpf.c"));
        File.WriteAllText(
            ClangCompiler.FixturePath("moved.bpf.c"),
            source.Replace(
                "__u64 total = 0;\n__u32 histogram[8] = {};",
                "__u32 histogram[8] = {};\n__u64 total = 0;",
                StringComparison.Ordinal
            )
        );

        BpfMapMismatchException exception = Assert.Throws<BpfMapMismatchException>(() => TypedObject.Open(CompiledFixture.Path("moved")));

        BpfMapMismatchException inMemory = Assert.Throws<BpfMapMismatchException>(() =>
            TypedObject.OpenMemory(File.ReadAllBytes(CompiledFixture.Path("moved")))
        );

        Assert.Equal(exception.Differences, inMemory.Differences);
        Assert.Equal(
            [
                "variable 'total' in '.bss' has 8 bytes at offset 32, but 8 bytes at offset 0 were declared",
                "variable 'histogram' in '.bss' has 32 bytes at offset 0, but 32 bytes at offset 8 were declared",
            ],
            exception.Differences
        );
    }

    private static TypedObject Open() => TypedObject.Open(CompiledFixture.Path("typed"));

    private static TypedObject Loaded()
    {
        TypedObject typed = Open();
        typed.Rodata.TargetPid = (uint)Environment.ProcessId;
        typed.Rodata.TargetNumber = KnownCalls.Number;
        typed.Load();
        return typed;
    }

    private static void CallSomeTimes(TypedObject typed)
    {
        using BpfLink link = typed.OnEnter.Attach();
        KnownCalls.Make();
    }
}
