using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>What belongs to objects of the kernel's: this process and programs see the same.</summary>
[Collection(KnownCalls.Collection)]
public sealed partial class StoragesObjectTests
{
    private const int PacketSize = 28 + 5; // the headers of IP and UDP, and the data

    [Fact]
    public void CommittedLayout_IsThatOfTheObject()
    {
        string described = LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("storages")));

        Assert.Equal(described, File.ReadAllText(ClangCompiler.FixturePath("storages.bpf.layout")));
    }

    [Fact]
    public void ValueOfASocket_IsCountedByAProgramThatSeesItsPackets()
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
    public void ValuesOfAThreadAndOfItsControlGroup_AreCountedByAProgramThatSeesItsCalls()
    {
        Require.KernelVersion(6, 9);
        string root = Require.Cgroup2();
        using StoragesObject storages = Loaded();
        int thread = ThreadId();
        storages.Tasks.Set(thread, default);
        storages.Groups.Set(OwnGroup(root), new() { Count = 1 });

        using (storages.OnCall.Attach())
            KnownCalls.Make();

        Assert.True(storages.Tasks.TryGetValue(thread, out StoragesObject.Note calls));
        Assert.True(calls.Count >= KnownCalls.Count, $"{calls.Count} of {KnownCalls.Count} calls were counted");
        Assert.True(storages.Groups.TryGetValue(OwnGroup(root), out StoragesObject.Note groupCalls));
        Assert.Equal(calls.Count + 1, groupCalls.Count);
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

    private static StoragesObject Loaded()
    {
        StoragesObject storages = StoragesObject.Open(CompiledFixture.Path("storages"));
        storages.Load();
        return storages;
    }

    private static void SendFrom(Socket socket) => socket.SendTo(new byte[5], new IPEndPoint(IPAddress.Loopback, 9));

    /// <summary>The directory of the control group of version 2 that this process is in.</summary>
    private static string OwnGroup(string root) =>
        root + File.ReadLines("/proc/self/cgroup").Single(static line => line.StartsWith("0::", StringComparison.Ordinal))[3..];

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ThreadId();
}
