using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of the owners that each local storage type accepts in addition to a descriptor.</summary>
[Collection(nameof(WholeProcess))]
public sealed class StorageOwnerTests
{
    private const int GetThreadId = 186;

    private static readonly FlowStats s_one = new() { Packets = 1, Flags = 1 };
    private static readonly FlowStats s_two = new() { Packets = 2, Flags = 2 };

    public StorageOwnerTests() => Require.Kernel();

    [Fact]
    public void Socket_HasItsOwnValue()
    {
        using SocketNotesMap notes = SocketNotesMap.Create();
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using Socket other = TestSockets.Listen();
        Assert.False(notes.TryUpdate(socket, s_one));
        Assert.True(notes.TryAdd(socket, s_one));
        Assert.False(notes.TryAdd(socket, s_two));
        notes.Set(other, s_two);
        Assert.True(notes.TryGetValue(socket, out FlowStats value));
        Assert.Equal(s_one, value);
        Assert.True(notes.TryUpdate(socket, s_two));
        Assert.True(notes.Remove(socket));
        Assert.False(notes.Remove(socket));
        Assert.False(notes.ContainsKey(socket));
        Assert.True(notes.ContainsKey(other));
        Assert.Equal(0, LocalStorageTests.FewestAllocated(() => notes.TryGetValue(other, out _)));

        Assert.Throws<ArgumentNullException>(() => notes.TryGetValue((Socket)null!, out _));
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => notes.Set(socket, s_one));
    }

    [Fact]
    public void Process_IsNamedByItsId_AndNoDescriptorStays()
    {
        Require.MapType(BpfMapType.TaskStorage);
        using TaskNotesMap notes = TaskNotesMap.Create();
        int id = Environment.ProcessId,
            before = CountPidFds();
        Assert.False(notes.TryGetValue(id, out _));
        Assert.False(notes.TryUpdate(id, s_one));
        Assert.True(notes.TryAdd(id, s_one));
        Assert.False(notes.TryAdd(id, s_two));
        notes.Set(id, s_two);
        using (SafeHandle descriptor = TestLibc.OpenThisProcess())
        {
            Assert.Equal(before + 1, CountPidFds());
            Assert.True(notes.TryGetValue(descriptor, out FlowStats value));
            Assert.Equal(s_two, value);
        }
        Assert.True(notes.TryUpdate(id, s_one));
        Assert.True(notes.ContainsKey(id));
        Assert.True(notes.Remove(id));
        Assert.False(notes.Remove(id));
        Assert.Equal(before, CountPidFds());
        Assert.Throws<ArgumentOutOfRangeException>(() => notes.TryGetValue(0, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => notes.Set(-1, s_one));
    }

    [Fact]
    public void Thread_HasAValueBesidesThatOfItsProcess()
    {
        Require.Feature(KernelFeature.ThreadOwners);
        Require.That(RuntimeInformation.ProcessArchitecture == Architecture.X64, "x64", "the number of gettid is that of x86-64");
        using TaskNotesMap notes = TaskNotesMap.Create();
        notes.Set(Environment.ProcessId, s_one);
        OwnThread.Run(() =>
        {
            int thread = (int)TestLibc.Syscall(GetThreadId, 0, 0, 0, 0, 0);
            Assert.NotEqual(Environment.ProcessId, thread);
            Assert.False(notes.TryGetValue(thread, out _));
            notes.Set(thread, s_two);
            Assert.True(notes.TryGetValue(thread, out FlowStats value));
            Assert.Equal(s_two, value);
        });
        Assert.True(notes.TryGetValue(Environment.ProcessId, out FlowStats mine));
        Assert.Equal(s_one, mine);
    }

    [Fact]
    public void EndedProcess_HasNoValueAndCannotHaveOne()
    {
        Require.MapType(BpfMapType.TaskStorage);
        using TaskNotesMap notes = TaskNotesMap.Create();
        using Process process = Process.Start(new ProcessStartInfo("sleep", "1000"))!;
        int id = process.Id;
        using SafeHandle descriptor = KernelObjects.OpenTask(id)!;
        notes.Set(id, s_one);
        // The .NET handle holds the process id, which is not a descriptor.
        Assert.Contains(
            "pass the id",
            Assert.Throws<ArgumentException>(() => notes.Set(process.SafeHandle, s_one)).Message,
            StringComparison.Ordinal
        );
        process.Kill();
        process.WaitForExit();

        Assert.False(notes.TryGetValue(id, out _));
        Assert.False(notes.TryGetValue(descriptor, out _));
        Assert.False(notes.TryUpdate(id, s_one));
        Assert.False(notes.Remove(id));
        Assert.False(notes.Remove(descriptor));
        Assert.Equal(BpfUpdateResult.NotFound, notes.Update(descriptor, s_one, BpfUpdateFlags.Any));
        Assert.Contains($"has the id {id}", Assert.Throws<ArgumentException>(() => notes.Set(id, s_one)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => notes.TryAdd(id, s_one));
        BpfException refusal = Assert.Throws<BpfException>(() => notes.Set(descriptor, s_one));
        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("has ended", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<BpfException>(() => notes.TryAdd(descriptor, s_one));
    }

    [Fact]
    public void File_IsIdentifiedByAnyOfItsPaths()
    {
        using FileNotesMap notes = FileNotesMap.Create();
        string directory = Directory.CreateTempSubdirectory("bpfmaps_").FullName;
        string file = Path.Combine(directory, "file"),
            link = Path.Combine(directory, "link");
        using (FileStream stream = File.Create(file))
        {
            File.CreateSymbolicLink(link, file);
            Assert.True(notes.TryAdd(file, s_one));
            Assert.False(notes.TryAdd(link, s_two));
            Assert.True(notes.TryGetValue(stream.SafeFileHandle, out FlowStats value));
            Assert.Equal(s_one, value);
            Assert.True(notes.TryUpdate(link, s_two));
            Assert.True(notes.TryGetValue(file, out value));
            Assert.Equal(s_two, value);
            Assert.False(notes.ContainsKey(directory));
            notes.Set(directory, s_one);
            Assert.True(notes.ContainsKey(directory));
            Assert.True(notes.Remove(file));
            Assert.False(notes.Remove(link));
            Assert.False(notes.TryUpdate(file, s_one));
        }
        Directory.Delete(directory, recursive: true);
        Assert.Throws<FileNotFoundException>(() => notes.TryGetValue(file, out _));
        Assert.Throws<FileNotFoundException>(() => notes.Set(file, s_one));
        Assert.Throws<ArgumentNullException>(() => notes.Remove((string)null!));
    }

    [Fact]
    public void ControlGroup_IsNamedByItsDirectory_UntilItIsRemoved()
    {
        Require.MapType(BpfMapType.CgrpStorage);
        using GroupNotesMap notes = GroupNotesMap.Create();
        string root = Require.Cgroup2(),
            group = Path.Combine(root, $"bpfmaps_{Environment.ProcessId}_{Guid.NewGuid():N}");
        Directory.CreateDirectory(group);
        using SafeHandle descriptor = KernelObjects.OpenPath(group);
        try
        {
            Assert.True(notes.TryAdd(group, s_one));
            notes.Set(group, s_two);
            Assert.True(notes.TryGetValue(descriptor, out FlowStats value));
            Assert.Equal(s_two, value);
            Assert.False(notes.ContainsKey(root));
        }
        finally
        {
            Directory.Delete(group);
        }
        Assert.False(notes.TryGetValue(descriptor, out _));
        Assert.Contains("was removed", Assert.Throws<BpfException>(() => notes.Set(descriptor, s_one)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not one of the directory of a cgroup",
            Assert.Throws<BpfException>(() => notes.Set("/tmp", s_one)).Message,
            StringComparison.Ordinal
        );
    }

    private static int CountPidFds() =>
        Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Count(static entry => new FileInfo(entry).LinkTarget?.Contains("pidfd", StringComparison.Ordinal) == true);
}
