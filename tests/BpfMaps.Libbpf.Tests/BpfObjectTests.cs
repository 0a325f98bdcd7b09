using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class BpfObjectTests
{
    [Fact]
    public void OpenedObject_ListsItsMapsAndPrograms()
    {
        using BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));

        Assert.Equal("events", events.Name);
        Assert.Equal(
            ["on_egress", "on_exec", "on_packet", "on_socket", "on_syscall", "on_tc"],
            events.Programs.Select(program => program.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal("raw_tp/sys_enter", events.GetProgram("on_syscall").SectionName);
        BpfObjectMap hits = events.GetMap("hits");
        Assert.Equal((BpfMapType.Array, 4, 8, 8u), (hits.Type, hits.KeySize, hits.ValueSize, hits.MaxEntries));
        Assert.Equal(BpfMapType.Array, events.GetMap(".bss").Type);
    }

    [Fact]
    public void UnknownNames_FailWithTheExistingNames()
    {
        using BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));

        Assert.Contains("hits", Assert.Throws<KeyNotFoundException>(() => events.GetMap("hit")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "on_packet",
            Assert.Throws<KeyNotFoundException>(() => events.GetProgram("packet")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void InvalidObjectFile_FailsWithItsName()
    {
        Require.Libbpf();
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "not an ELF file");

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => BpfObject.Open(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("libbpf", exception.Log, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => BpfObject.Open(path + ".missing"));
        File.Delete(path);
    }

    [Fact]
    public void CapacityAndReadOnlyData_CanBeSetOnlyBeforeTheLoad()
    {
        using BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));
        events.GetMap("resized").MaxEntries = 77;
        Span<byte> rodata = events.GetMap(".rodata").InitialValue;
        MemoryMarshal.Write(rodata, 4711);

        events.Load();

        using RawMap resized = events.GetMap("resized").Open();
        Assert.Equal(77u, resized.MaxEntries);
        using RawMap loaded = events.GetMap(".rodata").Open();
        byte[] value = new byte[loaded.ValueSize];
        Assert.True(loaded.TryLookup(new byte[4], value));
        Assert.Equal(4711, MemoryMarshal.Read<int>(value));
        Assert.Throws<InvalidOperationException>(() => events.GetMap("resized").MaxEntries = 1);
        Assert.Throws<InvalidOperationException>(() => events.GetMap(".rodata").InitialValue.Length);
    }

    [Fact]
    public void ObjectInMemory_LoadsLikeAFile()
    {
        byte[] data = File.ReadAllBytes(CompiledFixture.Path("events"));

        using BpfObject events = BpfObject.OpenMemory(data, "inmemory");
        events.Load();

        Assert.Equal("inmemory", events.Name);
        Assert.Contains("inmemory.bss", events.Maps.Select(map => map.Name));
    }

    [Fact]
    public void ProgramThatTheVerifierRejects_FailsWithTheLog()
    {
        using BpfObject refused = BpfObject.Open(CompiledFixture.Path("refused"));

        BpfObjectException exception = Assert.Throws<BpfObjectException>(refused.Load);

        Assert.Contains("map_value_or_null", exception.Log, StringComparison.Ordinal);
        Assert.Contains("verifier rejected", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CAP_BPF", exception.Message, StringComparison.Ordinal);
        Assert.Contains("careless", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramWithoutAutoLoad_IsNotLoaded()
    {
        using BpfObject refused = BpfObject.Open(CompiledFixture.Path("refused"));
        refused.GetProgram("careless").AutoLoad = false;

        refused.Load();

        Assert.Throws<InvalidOperationException>(() => refused.GetProgram("careless").FileDescriptor);
    }

    [Fact]
    public void PinnedMap_IsReusedByTheNextLoad()
    {
        using PinDirectory pins = Require.BpfFs();
        string path = CompiledFixture.Path("pinned");
        BpfObjectOptions options = new() { PinRoot = pins.Path };
        byte[] seven = [7, 0, 0, 0, 0, 0, 0, 0];
        using (BpfObject first = BpfObject.Open(path, options))
        {
            first.Load();
            Assert.Equal(pins["kept"], first.GetMap("kept").PinPath);
            using RawMap map = first.GetMap("kept").Open();
            map.Update(new byte[4], seven);
        }

        using BpfObject second = BpfObject.Open(path, options);
        second.Load();

        using RawMap again = second.GetMap("kept").Open();
        byte[] value = new byte[8];
        Assert.True(again.TryLookup(new byte[4], value));
        Assert.Equal(seven, value);
    }

    [Fact]
    public void ReusedMap_ReplacesANewOne()
    {
        using BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));
        using RawMap own = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = "hits",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 8,
            }
        );
        events.GetMap("hits").Reuse(own);

        events.Load();

        using RawMap used = events.GetMap("hits").Open();
        Assert.Equal(own.Info.Id, used.Info.Id);
    }

    [Fact]
    public void Log_ReceivesLibbpfMessages()
    {
        string path = CompiledFixture.Path("events");
        List<(LibbpfLogLevel Level, string Text)> messages = [];
        int thread = Environment.CurrentManagedThreadId;
        Libbpf.Log = (level, text) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
                messages.Add((level, text));
        };

        using (BpfObject.Open(path))
            Libbpf.Log = null;

        Assert.Contains(
            messages,
            message => message.Level == LibbpfLogLevel.Debug && message.Text.StartsWith("libbpf: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void DisposedObject_ThrowsObjectDisposed()
    {
        BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));
        BpfObjectMap map = events.GetMap("hits");
        events.Dispose();
        events.Dispose();

        Assert.Throws<ObjectDisposedException>(() => map.Type);
        Assert.Throws<ObjectDisposedException>(events.Load);
    }
}
