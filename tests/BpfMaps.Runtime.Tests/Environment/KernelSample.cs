using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// Creates samples of all map types, including those whose elements are kernel objects: programs, sockets, devices, control groups.
/// </summary>
internal static class KernelSample
{
    private const int SocketLevel = 1;
    private const int ReusePort = 15;
    private const int LoopbackInterface = 1;
    private const int QueueSize = 192;

    /// <summary>Creates an empty map of a type.</summary>
    public static SampleMap Of(BpfMapType type)
    {
        Require.Kernel();
        Require.MapType(type);
        BpfMapSpec spec = new()
        {
            Type = type,
            Name = "sample",
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 8,
        };
        switch (type)
        {
            case BpfMapType.ProgArray:
                return WithValue(spec, TestLibc.LoadProgram());
            case BpfMapType.PerfEventArray:
                return WithValue(spec, TestLibc.OpenPerfEvent());
            case BpfMapType.CgroupArray:
                return WithValue(spec, TestLibc.OpenCgroupRoot());
            case BpfMapType.DevMap or BpfMapType.DevMapHash:
                return new SampleMap(spec) { Value = TestMaps.Bytes(LoopbackInterface) };
            case BpfMapType.CpuMap:
                return new SampleMap(spec) { Key = TestMaps.Bytes(0), Value = TestMaps.Bytes(QueueSize) };
            case BpfMapType.SockMap or BpfMapType.SockHash:
                return WithSocket(spec, Listener());
            case BpfMapType.ReusePortSockArray:
                return WithSocket(spec, SharedSocket());
            case BpfMapType.StackTrace:
                return new SampleMap(spec with { ValueSize = 8 * 8 });
            case BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage:
                return new SampleMap(spec with { KeySize = 16, ValueSize = 8, MaxEntries = 0 });
            case BpfMapType.Arena:
                return new SampleMap(spec with { KeySize = 0, ValueSize = 0, Flags = BpfMapFlags.Mmapable });
            case BpfMapType.SkStorage:
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                return Storage(type, socket.SafeHandle, socket);
            case BpfMapType.InodeStorage:
                return Storage(type, TestLibc.Open("/proc/self/exe"));
            case BpfMapType.TaskStorage:
                return Storage(type, TestLibc.OpenThisProcess());
            case BpfMapType.CgrpStorage:
                return Storage(type, TestLibc.OpenCgroupRoot());
            default:
                return SampleMap.Kinds.Contains(type) ? SampleMap.Of(type) : new SampleMap(spec);
        }
    }

    private static SampleMap WithValue(BpfMapSpec spec, SafeHandle held) => new(spec, held) { Value = Descriptor(held) };

    private static SampleMap WithSocket(BpfMapSpec spec, Socket socket) =>
        new(spec with { ValueSize = 8 }, socket) { Value = TestMaps.Bytes((long)socket.Handle) }; // Lookups return the cookie, 8 bytes.

    private static SampleMap Storage(BpfMapType type, SafeHandle handle, IDisposable? owner = null)
    {
        SafeHandle btf = TestBtf.Load();
        BpfMapSpec spec = new()
        {
            Type = type,
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 0,
            Flags = BpfMapFlags.NoPrealloc,
            Btf = btf,
            BtfKeyTypeId = TestBtf.Int,
            BtfValueTypeId = TestBtf.LockedValue,
        };
        return new SampleMap(spec, btf, owner ?? handle) { Key = Descriptor(handle) };
    }

    private static Socket Listener()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private static Socket SharedSocket()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(SocketLevel, ReusePort, TestMaps.Bytes(1));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static byte[] Descriptor(SafeHandle handle) => TestMaps.Bytes((int)handle.DangerousGetHandle());
}
