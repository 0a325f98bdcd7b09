using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>A map of a kind, with a key and a value that fit it, and whatever key and value refer to.</summary>
internal sealed class SampleMap : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReusePort = 15;
    private const int LoopbackInterface = 1;

    private readonly List<IDisposable> _held = [];

    private SampleMap(BpfMapType type)
    {
        Require.Kernel();
        Require.MapType(type);
        Map = RawMap.Create(Specification(type));
        Value = TestMaps.Key(Math.Max(Map.ValueSize, Map.PerCpuValueSize), 0x11223344);
        Key = TestMaps.Key(Map.KeySize, 3);
        if (type == BpfMapType.LpmTrie)
            Key = [.. TestMaps.Bytes(32), 10, 0, 0, 1];
    }

    public RawMap Map { get; }

    public byte[] Key { get; private set; }

    public byte[] Value { get; private set; }

    /// <summary>A map of this kind that holds nothing.</summary>
    public static SampleMap Of(BpfMapType type)
    {
        SampleMap sample = new(type);
        sample.ChooseWhatItHolds(type);
        return sample;
    }

    public void Dispose()
    {
        Map.Dispose();
        foreach (IDisposable held in _held)
            held.Dispose();
    }

    private void ChooseWhatItHolds(BpfMapType type)
    {
        switch (type)
        {
            case BpfMapType.ProgArray:
                Value = Descriptor(TestLibc.LoadProgram());
                break;
            case BpfMapType.PerfEventArray:
                Value = Descriptor(TestLibc.OpenPerfEvent());
                break;
            case BpfMapType.CgroupArray:
                Value = Descriptor(TestLibc.OpenCgroupRoot());
                break;
            case BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps:
                RawMap inner = Keep(TestMaps.Create(BpfMapType.Hash));
                Value = Descriptor(inner.Handle);
                break;
            case BpfMapType.DevMap or BpfMapType.DevMapHash:
                Value = TestMaps.Bytes(LoopbackInterface);
                break;
            case BpfMapType.CpuMap:
                Key = TestMaps.Bytes(0);
                Value = TestMaps.Bytes(192);
                break;
            case BpfMapType.SockMap or BpfMapType.SockHash:
                Socket listener = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                listener.Listen();
                Value = SocketValue(listener);
                break;
            case BpfMapType.ReusePortSockArray:
                Socket shared = Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
                shared.SetRawSocketOption(SocketLevel, ReusePort, TestMaps.Bytes(1));
                shared.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                Value = SocketValue(shared);
                break;
            case BpfMapType.SkStorage:
                Key = Descriptor(Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)).SafeHandle);
                break;
            case BpfMapType.InodeStorage:
                Key = Descriptor(TestLibc.Open("/proc/self/exe"));
                break;
            case BpfMapType.TaskStorage:
                Key = Descriptor(TestLibc.OpenThisProcess());
                break;
            case BpfMapType.CgrpStorage:
                Key = Descriptor(TestLibc.OpenCgroupRoot());
                break;
            default:
                break;
        }
    }

    private BpfMapSpec Specification(BpfMapType type)
    {
        BpfMapSpec spec = new() { Type = type, Name = "sample", KeySize = 4, ValueSize = 4, MaxEntries = 8 };
        return type switch
        {
            BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash or BpfMapType.Array or BpfMapType.PerCpuArray =>
                spec with { ValueSize = 8 },
            BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray => spec with { ValueSize = 8 }, // lookups give the cookie, 8 bytes
            BpfMapType.StackTrace => spec with { ValueSize = 8 * 8 },
            BpfMapType.LpmTrie => spec with { KeySize = 8, ValueSize = 8, Flags = BpfMapFlags.NoPrealloc },
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter => spec with { KeySize = 0, ValueSize = 8 },
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps => spec with { InnerMap = Keep(TestMaps.Create(BpfMapType.Hash)) },
            BpfMapType.RingBuf or BpfMapType.UserRingBuf => spec with { KeySize = 0, ValueSize = 0, MaxEntries = (uint)Environment.SystemPageSize },
            BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage => spec with { KeySize = 16, ValueSize = 8, MaxEntries = 0 },
            BpfMapType.Arena => spec with { KeySize = 0, ValueSize = 0, Flags = BpfMapFlags.Mmapable },
            BpfMapType.SkStorage or BpfMapType.InodeStorage or BpfMapType.TaskStorage or BpfMapType.CgrpStorage => spec with
            {
                ValueSize = 8,
                MaxEntries = 0,
                Flags = BpfMapFlags.NoPrealloc,
                Btf = Keep(TestBtf.Load()),
                BtfKeyTypeId = TestBtf.Int,
                BtfValueTypeId = TestBtf.LockedValue,
            },
            _ => spec,
        };
    }

    private T Keep<T>(T resource)
        where T : IDisposable
    {
        _held.Add(resource);
        return resource;
    }

    private static byte[] SocketValue(Socket socket) => TestMaps.Bytes((long)socket.Handle);

    private byte[] Descriptor(SafeHandle handle) => TestMaps.Bytes((int)Keep(handle).DangerousGetHandle());
}
