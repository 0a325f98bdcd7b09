using System.Net;
using System.Net.Sockets;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of storage of kernel objects: this process and programs see the same values.</summary>
[Collection(nameof(WholeProcess))]
public sealed class StoragesObjectTests
{
    private const int PacketSize = 28 + 5; // the headers of IP and UDP, and the data

    [Fact]
    public void CommittedLayout_MatchesTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("storages")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("storages.bpf.layout")));
    }

    [Fact]
    public void ValueOfASocket_IsUpdatedByAProgramThatSeesItsPackets()
    {
        string root = Require.Cgroup2();
        using StoragesObject storages = Loaded();
        using Socket marked = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket unmarked = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        storages.Sockets.Set(marked, new() { Count = 100 });

        using (storages.OnPacket.AttachCgroup(root))
        {
            SendFrom(marked);
            SendFrom(marked);
            SendFrom(unmarked);
        }

        Assert.True(storages.Sockets.TryGetValue(marked, out StoragesObject.Note note));
        Assert.Equal((102ul, 2ul * PacketSize), (note.Count, note.Bytes));
        Assert.False(storages.Sockets.ContainsKey(unmarked));
    }

    [Fact]
    public void ValueOfAFile_IsInTheMapOfTheObject()
    {
        using StoragesObject storages = Loaded();
        string path = CompiledFixture.Path("storages");
        storages.Files.Set(path, new() { Count = 7 });
        using FileStream file = File.OpenRead(path);
        Assert.True(storages.Files.TryGetValue(file.SafeFileHandle, out StoragesObject.Note note));
        Assert.Equal(7ul, note.Count);
        Assert.True(storages.Files.Remove(path));
    }

    [Fact]
    public void ValuesOfAttachedPrograms_AreReadWrittenAndWalked()
    {
        const uint Egress = 1;
        string root = Require.Cgroup2(),
            other = System.IO.Path.Combine(root, $"bpfmaps_{Environment.ProcessId}_{Guid.NewGuid():N}");
        using StoragesObject storages = Loaded();
        EgressStatsMap attached = storages.Attached;
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        ulong id = BpfCgroupStorageKey.GetCgroupId(root);
        BpfCgroupStorageKey key = new(id, Egress);
        Assert.Empty(attached);
        Assert.False(attached.TryGetValue(key, out _));
        Assert.False(attached.TryUpdate(key, default));
        Assert.False(storages.AttachedCpu.TryAggregate(id, out _));

        Directory.CreateDirectory(other);
        try
        {
            using BpfLink link = storages.OnPacket.AttachCgroup(root);
            using BpfLink second = storages.OnPacket.AttachCgroup(other);
            Assert.True(attached.TryUpdate(key, new() { Count = 1000 }));
            Assert.True(storages.AttachedCpu.TryUpdateAll(id, new() { Bytes = 1 }));
            SendFrom(socket);
            SendFrom(socket);

            Assert.True(attached.TryGetValue(key, out EgressStats note));
            Assert.True(note.Count >= 1002 && note.Bytes >= 2 * PacketSize, $"{note.Count} packets, {note.Bytes} bytes");
            Assert.True(attached.ContainsKey(new() { CgroupId = id, AttachType = Egress }));
            Assert.False(attached.ContainsKey(new(id, Egress + 1)));
            Assert.True(storages.AttachedCpu.TryAggregate(id, out StoragesObject.Note total));
            Assert.True(total.Count >= 2, $"{total.Count} packets");
            StoragesObject.Note[] ofCpus = new StoragesObject.Note[storages.AttachedCpu.CpuCount];
            Assert.True(storages.AttachedCpu.TryGetValues(id, ofCpus));
            Assert.All(ofCpus, static ofCpu => Assert.True(ofCpu.Bytes >= 1));
            Assert.True(storages.AttachedCpu.TryUpdate(id, new StoragesObject.Note[ofCpus.Length]));

            Assert.Equal(
                [key, new(BpfCgroupStorageKey.GetCgroupId(other), Egress)],
                attached.Select(static element => element.Key).OrderBy(static key => key.CgroupId)
            );
            Assert.Equal(2, attached.Raw.Keys.Count());
            Assert.Equal(2, attached.Count());
            Assert.Equal([id, BpfCgroupStorageKey.GetCgroupId(other)], storages.AttachedCpu.Select(static element => element.Key).Order());
            Assert.Equal(2, storages.AttachedCpu.Count());
        }
        finally
        {
            Directory.Delete(other);
        }
        // The control group exists, and therefore its value exists.
        Assert.True(attached.ContainsKey(key));
        Assert.Throws<FileNotFoundException>(() => BpfCgroupStorageKey.GetCgroupId(other));
    }

    [Fact]
    public void UnsupportedOperations_FailWithAnExplanation()
    {
        Require.Kernel();
        using EgressStatsMap notes = EgressStatsMap.Create();
        byte[] key = new byte[16];
        Assert.Contains(
            "attaching a program creates them",
            Assert.Throws<BpfException>(() => notes.Raw.Delete(key)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("EINVAL", Assert.Throws<BpfException>(() => notes.TryUpdate(default, default, BpfUpdateFlags.NoExist)).ErrnoName);
        Assert.True(notes.Info.BtfId > 0, "the map has no types");
        using RawMap byNumber = new BpfMapSchema
        {
            Type = BpfMapType.CgroupStorage,
            Name = "by_number",
            Key = BpfTypeLayout.Of<ulong>(),
            Value = EgressStatsMap.Schema.Value,
        }.Create(null, null);
        Assert.Contains(
            "key_size is 8",
            Assert.Throws<BpfMapMismatchException>(() => EgressStatsMap.FromRaw(byNumber)).Message,
            StringComparison.Ordinal
        );
    }

    private static StoragesObject Loaded()
    {
        StoragesObject storages = StoragesObject.Open(CompiledFixture.Path("storages"));
        storages.Load();
        return storages;
    }

    private static void SendFrom(Socket socket) => socket.SendTo(new byte[5], new IPEndPoint(IPAddress.Loopback, 9));
}
