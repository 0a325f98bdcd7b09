using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BpfMaps;

namespace Tour;

/// <summary>Steps with links: programs for functions that are chosen by name, many functions, takeover, order and iterators.</summary>
internal static class LinkSteps
{
    private static readonly uint s_pid = (uint)Environment.ProcessId;

    public static void FunctionByName()
    {
        using NamedObject named = Open(static named => named.OnFunction);
        named.OnFunction.SetAttachTarget("do_sys_openat2");
        named.Load();
        using BpfLink link = named.OnFunction.Attach();
        Check.OpenFiles();
        Check.That(named.Bss.Entries >= 11, $"{named.Bss.Entries} entries");
        Check.That(link.Info is { Type: BpfLinkType.Tracing, AttachType: "trace_fentry" }, link.Info.ToString());
    }

    public static void HookByName()
    {
        using NamedObject named = Open(static named => named.OnHook);
        named.OnHook.SetAttachTarget("file_open");
        named.Load();
        using (named.OnHook.Attach())
            Check.OpenFiles();
        Check.That(named.Bss.Opens >= 10, $"{named.Bss.Opens} opens");
    }

    public static void KernelFunctionsByPattern()
    {
        using ManyObject many = ManyObject.Open();
        many.Rodata.OnlyPid = s_pid;
        many.Load();
        using BpfLink link = many.OnVfs.AttachKprobeMulti(["vfs_open", "vfs_get*"]);
        Check.OpenFiles();
        Check.That(many.Bss.Hits >= 10, $"{many.Bss.Hits} calls of vfs_open");
        Check.That(link.Info.Type == BpfLinkType.KprobeMulti, link.Info.ToString());
    }

    /// <summary>libbpf before 1.3 cannot attach to many functions in user space; the message names its version and the kernel's.</summary>
    public static void UserFunctions()
    {
        const string library = "libc.so.6";
        string[] functions = ["gethostnam*"];
        if (IsOldLibbpf)
        {
            using NamedObject old = Open(static named => named.OnCall);
            old.Load();
            Check.Fails<BpfNotSupportedException>(
                () => old.OnCall.AttachUprobeMulti(library, functions).Dispose(),
                "requires libbpf 1.3 and Linux 6.6 or later",
                $"libbpf {Libbpf.Version.TrimStart('v')} and Linux {Environment.OSVersion.Version}"
            );
            return;
        }
        using NamedObject named = Open(static named => named.OnCalls);
        named.Load();
        using BpfLink link = named.OnCalls.AttachUprobeMulti(library, functions);
        for (int i = 0; i < 5; i++)
            Dns.GetHostName();
        Check.That(named.Bss.Calls >= 5, $"{named.Bss.Calls} calls");
        Check.That(link.Info.Type == BpfLinkType.UprobeMulti, link.Info.ToString());
    }

    public static void OrderedPrograms()
    {
        using LinksObject links = LinksObject.Open();
        links.Load();
        using BpfLink filter = links.Filter.AttachTcx("lo", BpfTcDirection.Ingress);
        using BpfLink count = links.Count.AttachTcx("lo", BpfTcDirection.Ingress, BpfAttachPosition.Before(filter));
        SendPackets();
        Check.That(links.Bss is { Counted: >= 5, Filtered: >= 5 }, $"{links.Bss.Counted} {links.Bss.Filtered}");
        Check.That(
            filter.Info is { Type: BpfLinkType.Tcx, Target: "lo", AttachType: "tcx_ingress" } && count.Info.Id != filter.Info.Id,
            filter.Info.ToString()
        );
    }

    public static void NetkitDevices()
    {
        using LinksObject links = LinksObject.Open();
        links.Load();
        using NetkitPair pair = new($"tour{s_pid}", $"peer{s_pid}", "192.0.2.1/24");
        using BpfLink filter = links.Filter.AttachNetkit(pair.PrimaryName, BpfNetkitSide.Primary);
        using BpfLink count = links.Count.AttachNetkit(pair.PrimaryName, BpfNetkitSide.Primary, BpfAttachPosition.Before(filter));
        Check.That(filter.Info is { Type: BpfLinkType.Netkit } info && info.Target == pair.PrimaryName, filter.Info.ToString());
        SendPackets(new IPEndPoint(IPAddress.Parse("192.0.2.2"), 9));
        Check.That(links.Bss is { Counted: >= 5, Filtered: >= 5 }, $"{links.Bss.Counted} {links.Bss.Filtered}");
    }

    public static void Iterators()
    {
        using LinksObject links = LinksObject.Open();
        links.Load();
        using CountersMap map = CountersMap.Create();
        string expected = string.Create(CultureInfo.InvariantCulture, $"{map.Info.Id} 1000");
        Check.That(links.ListMaps.ReadIteratorLines().Contains(expected), $"no line '{expected}'");
        using StreamReader reader = new(links.ListMaps.ReadIterator());
        Check.That(reader.ReadToEnd().Contains(expected, StringComparison.Ordinal), $"no '{expected}' in the stream");
    }

    public static void TakenOver()
    {
        string path = $"/sys/fs/bpf/tour_{s_pid}_xdp";
        using LinksObject links = LinksObject.Open();
        links.Load();
        links.OnPacketOld.AttachOrUpdatePinned(path, static program => program.AttachXdp("lo")).Dispose();
        try
        {
            SendPackets();
            Check.That(links.Bss.OldPackets >= 5, $"{links.Bss.OldPackets} packets of the old program");
            using BpfLink link = links.OnPacketNew.AttachOrUpdatePinned(path, static program => program.AttachXdp("lo"));
            ulong before = links.Bss.OldPackets;
            SendPackets();
            Check.That(links.Bss.NewPackets >= 5, $"{links.Bss.NewPackets} packets of the new program");
            Check.That(links.Bss.OldPackets == before, "the old program still runs");
            using BpfProgram current = links.OnPacketNew.Open();
            link.Update(links.OnPacketOld, expected: current);
            SendPackets();
            Check.That(links.Bss.OldPackets >= before + 5, "the program was not replaced");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool IsOldLibbpf => Version.Parse(Libbpf.Version.TrimStart('v')) < new Version(1, 3);

    /// <summary>Opens the object so that one program is loaded.</summary>
    private static NamedObject Open(Func<NamedObject, BpfObjectProgram> select)
    {
        NamedObject named = NamedObject.Open();
        named.Rodata.OnlyPid = s_pid;
        foreach (BpfObjectProgram program in named.Object.Programs)
            program.AutoLoad = program.Name == select(named).Name;
        return named;
    }

    /// <summary>Sends five packets through lo.</summary>
    private static void SendPackets()
    {
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SendPackets(receiver.LocalEndPoint!);
    }

    private static void SendPackets(EndPoint receiver)
    {
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < 5; i++)
            sender.SendTo([1], receiver);
    }
}
