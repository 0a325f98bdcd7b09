using System.Net;
using System.Net.Sockets;
using BpfMaps;

namespace Tour;

/// <summary>Steps that store values with kernel objects.</summary>
internal static class StorageSteps
{
    private static readonly uint s_pid = (uint)Environment.ProcessId;

    public static void Inodes()
    {
        string path = Path.GetTempFileName();
        using GuardObject guard = GuardObject.Open();
        guard.Rodata.OnlyPid = s_pid;
        guard.Load();
        using BpfLink link = guard.OnFileOpen.Attach();
        File.OpenHandle(path).Dispose();
        File.OpenHandle(path).Dispose();
        Check.That(guard.Notes.TryGetValue(path, out GuardObject.FileNote note) && note.Opens >= 2, $"{note.Opens} opens");
        using FileStream held = File.OpenRead("/etc/hostname");
        guard.Notes.Set(held.SafeFileHandle, new() { IsRefused = 1 });
        bool isRefused = false;
        try
        {
            File.OpenHandle("/etc/hostname").Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            isRefused = true;
        }
        Check.That(isRefused, "a refused file was opened");
        Check.That(guard.Notes.Remove(held.SafeFileHandle), "the value was not removed");
        File.OpenHandle("/etc/hostname").Dispose();
        File.Delete(path);
    }

    public static void Tasks()
    {
        using TasksObject tasks = TasksObject.Open();
        tasks.Load();
        using (tasks.OnEntry.Attach())
            Check.OpenFiles();
        Check.That(
            tasks.Tasks.TryGetValue(Environment.ProcessId, out TasksObject.TaskNote note) && note.Opens >= 11,
            $"{note.Opens} opens"
        );
    }

    public static void Packets()
    {
        using EgressObject egress = EgressObject.Open();
        egress.Load();
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        egress.Sockets.Set(sender, new() { Packets = 100 });
        string root = CgroupRoot();
        using BpfLink link = egress.OnEgress.AttachCgroup(root);
        for (int i = 0; i < 3; i++)
            sender.SendTo([1, 2, 3], receiver.LocalEndPoint!);
        Check.That(egress.Sockets.TryGetValue(sender, out EgressObject.Note socket) && socket.Packets == 103, $"socket: {socket.Packets}");
        ulong id = BpfCgroupStorageKey.GetCgroupId(root);
        BpfCgroupStorageKey key = new(id, attachType: 1);
        Check.That(egress.Groups.TryGetValue(key, out EgressObject.Note group) && group.Packets >= 3, $"cgroup: {group.Packets}");
        Check.That(egress.GroupCpus.TryAggregate(id, out EgressObject.Note total) && total.Packets >= 3, $"CPUs: {total.Packets}");
    }

    public static void Groups()
    {
        using GroupsObject groups = GroupsObject.Open();
        groups.Rodata.OnlyPid = s_pid;
        groups.Load();
        using (groups.OnEnter.Attach())
            Check.OpenFiles();
        string own = File.ReadLines("/proc/self/cgroup").First(static line => line.StartsWith("0::", StringComparison.Ordinal))[3..];
        Check.That(
            groups.Groups.TryGetValue(CgroupRoot() + own, out GroupsObject.GroupNote note) && note.Calls > 10,
            $"{note.Calls} calls"
        );
    }

    private static string CgroupRoot() =>
        File.ReadLines("/proc/mounts").Select(static line => line.Split(' ')).First(static mount => mount[2] == "cgroup2")[1];
}
