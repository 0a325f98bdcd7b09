using System.Net.Sockets;

namespace BpfMaps.Tests;

/// <summary>Programs that maps take beside an interface or a CPU are loaded for that (<c>enum bpf_attach_type</c>).</summary>
internal static class RedirectPrograms
{
    private const int ForDevices = 33;
    private const int ForCpus = 35;

    public static TestProgram ForDevice() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForDevices);

    public static TestProgram ForCpu() => TestProgram.Load(ProgramType.Xdp, Instruction.Return(2), ForCpus);
}

public sealed class BpfDevMapTests
{
    private const int Loopback = 1;

    public BpfDevMapTests() => Require.Kernel();

    [Fact]
    public void ASlot_TellsItsInterface()
    {
        using DevicesMap devices = DevicesMap.Create();
        Assert.Equal((8, 8), (devices.Info.ValueSize, devices.Length));
        Assert.False(devices.TryGetValue(2, out BpfDevMapValue value));
        Assert.Equal(default, value);

        devices.Set(2, Loopback);
        Assert.True(devices.TryGetValue(2, out value));
        Assert.Equal(new BpfDevMapValue(Loopback, 0), value);
        devices.Set(7, Loopback);
        Assert.Equal([2, 7], devices.Select(slot => slot.Key));
        Assert.Equal(2, devices.Count());

        devices.Remove(2);
        devices.Remove(2);
        Assert.Equal([KeyValuePair.Create(7, new BpfDevMapValue(Loopback, 0))], devices);
        devices.Clear();
        Assert.Empty(devices);
    }

    [Fact]
    public void AProgramBesideTheInterface_IsToldByItsId()
    {
        using DevicesMap devices = DevicesMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        devices.Set(0, Loopback, egress.Handle);
        Assert.True(devices.TryGetValue(0, out BpfDevMapValue value));
        Assert.Equal(new BpfDevMapValue(Loopback, egress.Id), value);
        devices.Set(0, Loopback);
        Assert.True(devices.TryGetValue(0, out value));
        Assert.Equal(0u, value.ProgramId);
    }

    [Fact]
    public void AMapWithoutRoomForPrograms_HoldsInterfaces()
    {
        using PlainDevicesMap plain = PlainDevicesMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        plain.Set(3, Loopback);
        Assert.Equal(4, plain.Info.ValueSize);
        Assert.Equal([KeyValuePair.Create(3, new BpfDevMapValue(Loopback, 0))], plain);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => plain.Set(3, Loopback, egress.Handle));
        Assert.Contains("value_size 4, which has no room for a program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EitherSize_IsOpenedUnlessOneIsDeclared()
    {
        using PlainDevicesMap plain = PlainDevicesMap.Create();
        using DevicesMap devices = DevicesMap.Create();
        using DevicesMap opened = DevicesMap.FromRaw(RawMap.OpenById(plain.Info.Id));
        Assert.Equal(["its value_size is 8, declared is 4"], Assert.Throws<BpfMapMismatchException>(() => PlainDevicesMap.FromRaw(devices.Raw)).Differences);
    }

    [Fact]
    public void OnAKernelWithoutProgramsInMaps_TheShortFormIsCreated()
    {
        using DevicesMap devices = DevicesMap.Create(new ShortValuesHost());
        Assert.Equal(4, devices.Info.ValueSize);
        devices.Set(0, Loopback);
        Assert.True(devices.TryGetValue(0, out _));
    }

    [Fact]
    public void WhatIsWrong_IsRefusedWithTheReason()
    {
        using DevicesMap devices = DevicesMap.Create();
        using TestProgram other = TestProgram.Load(ProgramType.Xdp, Instruction.Return(2));
        BpfException noInterface = Assert.Throws<BpfException>(() => devices.Set(0, 999_999));
        BpfException otherProgram = Assert.Throws<BpfException>(() => devices.Set(0, Loopback, other.Handle));
        Assert.All([noInterface, otherProgram], refusal =>
        {
            Assert.Equal(Errno.EINVAL, refusal.Errno);
            Assert.Contains("no interface with this index, or the program is not one", refusal.Message, StringComparison.Ordinal);
        });
        foreach (int interfaceIndex in (int[])[0, -1])
            Assert.Throws<ArgumentOutOfRangeException>(() => devices.Set(0, interfaceIndex));
        foreach (int index in (int[])[-1, 8])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => devices.Set(index, Loopback));
            Assert.Throws<ArgumentOutOfRangeException>(() => devices.TryGetValue(index, out _));
            Assert.Throws<ArgumentOutOfRangeException>(() => devices.Remove(index));
        }
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(() => devices.Set(0, Loopback, other.Handle));
        using Microsoft.Win32.SafeHandles.SafeFileHandle none = new(0, ownsHandle: false);
        Assert.Throws<ArgumentException>(() => devices.Set(0, Loopback, none));
        Assert.Empty(devices);
    }
}

public sealed class BpfDevMapHashTests
{
    private const int Loopback = 1;

    public BpfDevMapHashTests() => Require.Kernel();

    [Fact]
    public void AKey_TellsItsInterface()
    {
        using DevicesByKeyMap devices = DevicesByKeyMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        Assert.False(devices.ContainsKey(4_000_000_000));
        devices.Set(4_000_000_000, Loopback);
        Assert.False(devices.TryAdd(4_000_000_000, Loopback));
        Assert.True(devices.TryAdd(7, Loopback, egress.Handle));
        Assert.True(devices.TryGetValue(7, out BpfDevMapValue value));
        Assert.Equal(new BpfDevMapValue(Loopback, egress.Id), value);
        Assert.Equal([7u, 4_000_000_000u], devices.Select(element => element.Key).Order());
        Assert.Equal([7u, 4_000_000_000u], devices.Keys.Order());
        Assert.Equal(2, devices.Count());
        Assert.Throws<BpfMapFullException>(() => devices.Set(8, Loopback));
        Assert.Throws<BpfMapFullException>(() => devices.TryAdd(8, Loopback));

        Assert.True(devices.Remove(7));
        Assert.False(devices.Remove(7));
        Assert.Equal(1, devices.RemoveRange([1, 4_000_000_000]));
        devices.Set(1, Loopback);
        devices.Clear();
        Assert.Empty(devices);
        Assert.Equal(Errno.EINVAL, Assert.Throws<BpfException>(() => devices.Set(1, 999_999)).Errno);
        Assert.Throws<ArgumentOutOfRangeException>(() => devices.Set(1, 0));
    }

    [Fact]
    public void AMapWithoutRoomForPrograms_IsWalked()
    {
        using RawMap raw = TestMaps.Create(BpfMapType.DevMapHash, valueSize: 4, maxEntries: 2);
        DevicesByKeyMap devices = DevicesByKeyMap.FromRaw(raw);
        devices.Set(5, Loopback);
        Assert.Equal([KeyValuePair.Create(5u, new BpfDevMapValue(Loopback, 0))], devices);
    }
}

public sealed class BpfCpuMapTests
{
    public BpfCpuMapTests() => Require.Kernel();

    [Fact]
    public void ACpu_TellsItsQueue()
    {
        using CpusMap cpus = CpusMap.Create();
        Assert.Equal(BpfHost.Kernel.PossibleCpus[^1] + 1, cpus.Length);
        Assert.False(cpus.TryGetValue(0, out _));
        cpus.Set(0, 192);
        Assert.True(cpus.TryGetValue(0, out BpfCpuMapValue value));
        Assert.Equal(new BpfCpuMapValue(192, 0), value);

        using TestProgram program = RedirectPrograms.ForCpu();
        cpus.Set(0, 16_384, program.Handle);
        Assert.Equal([KeyValuePair.Create(0, new BpfCpuMapValue(16_384, program.Id))], cpus);
        Assert.Equal(1, cpus.Count());
        cpus.Remove(0);
        cpus.Remove(0);
        Assert.Empty(cpus);
    }

    [Fact]
    public void WhatIsWrong_IsRefusedWithTheReason()
    {
        using CpusMap cpus = CpusMap.Create();
        using TestProgram other = TestProgram.Load(ProgramType.Xdp, Instruction.Return(2));
        BpfException tooLong = Assert.Throws<BpfException>(() => cpus.Set(0, 16_385));
        Assert.Equal(Errno.EOVERFLOW, tooLong.Errno);
        Assert.Contains("at most 16384 packets", tooLong.Message, StringComparison.Ordinal);
        BpfException otherProgram = Assert.Throws<BpfException>(() => cpus.Set(0, 1, other.Handle));
        Assert.Equal(Errno.ENOMEM, otherProgram.Errno);
        Assert.Contains("BPF_XDP_CPUMAP", otherProgram.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cpus.Set(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => cpus.Set(cpus.Length, 1));

        using RawMap larger = TestMaps.Create(BpfMapType.CpuMap, maxEntries: (uint)cpus.Length + 1);
        BpfException impossible = Assert.Throws<BpfException>(() => CpusMap.FromRaw(larger).Set(cpus.Length, 1));
        Assert.Equal(Errno.ENODEV, impossible.Errno);
        Assert.Contains("can have no CPU with this number", impossible.Message, StringComparison.Ordinal);
    }
}

public sealed class BpfXskMapTests
{
    public BpfXskMapTests() => Require.Kernel();

    [Fact]
    public void ASlot_TakesASocketAndIsEmptied()
    {
        using XsksMap sockets = XsksMap.Create();
        using SafeSocketHandle first = TestSockets.OpenXdp();
        using SafeSocketHandle second = TestSockets.OpenXdp();
        sockets.Set(0, first);
        Assert.True(sockets.TryAdd(0, first));
        Assert.False(sockets.TryAdd(0, second));
        Assert.True(sockets.TryAdd(1, second));
        sockets.Set(2, (int)second.DangerousGetHandle());
        sockets.Remove(0);
        sockets.Remove(0);
        Assert.True(sockets.TryAdd(0, second));
        sockets.Clear();
        Assert.True(sockets.TryAdd(0, first));
    }

    [Fact]
    public void ASocketThatIsClosed_LeavesItsSlot()
    {
        using XsksMap sockets = XsksMap.Create();
        using SafeSocketHandle next = TestSockets.OpenXdp();
        using (SafeSocketHandle closed = TestSockets.OpenXdp())
        {
            sockets.Set(3, closed);
            Assert.False(sockets.TryAdd(3, next));
        }
        Assert.True(sockets.TryAdd(3, next));
    }

    [Fact]
    public void WhatIsNoXdpSocket_IsRefusedWithTheReason()
    {
        using XsksMap sockets = XsksMap.Create();
        using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        BpfException refusal = Assert.Throws<BpfException>(() => sockets.Set(0, udp.SafeHandle));
        Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        Assert.Contains("The socket is not of the family AF_XDP.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<BpfException>(() => sockets.Set(0, sockets.Raw.Handle)).Errno);
        Assert.Equal(Errno.EBADF, Assert.Throws<BpfException>(() => sockets.Set(0, 1_000_000)).Errno);
        Assert.Throws<ArgumentOutOfRangeException>(() => sockets.Set(4, udp.SafeHandle));
        Assert.Throws<ArgumentOutOfRangeException>(() => sockets.Remove(-1));
    }
}
