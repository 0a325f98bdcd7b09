namespace BpfMaps.Tests;

public sealed class BpfDevMapTests
{
    private const int Loopback = 1;

    public BpfDevMapTests() => Require.Kernel();

    [Fact]
    public void Slot_ReturnsItsInterface()
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
    public void ProgramOfAnInterface_IsReturnedAsId()
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
    public void MapWithoutSpaceForPrograms_HoldsInterfaces()
    {
        using PlainDevicesMap plain = PlainDevicesMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        plain.Set(3, Loopback);
        Assert.Equal(4, plain.Info.ValueSize);
        Assert.Equal([KeyValuePair.Create(3, new BpfDevMapValue(Loopback, 0))], plain);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => plain.Set(3, Loopback, egress.Handle));
        Assert.Contains("value_size 4, but a program requires 8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BothSizes_AreAcceptedUnlessOneIsDeclared()
    {
        using PlainDevicesMap plain = PlainDevicesMap.Create();
        using DevicesMap devices = DevicesMap.Create();
        using DevicesMap opened = DevicesMap.FromRaw(RawMap.OpenById(plain.Info.Id));
        Assert.Equal(
            ["value_size is 8, but 4 was declared"],
            Assert.Throws<BpfMapMismatchException>(() => PlainDevicesMap.FromRaw(devices.Raw)).Differences
        );
    }

    [Fact]
    public void KernelWithoutProgramsInMaps_GetsTheShortValues()
    {
        using DevicesMap devices = DevicesMap.Create(new ShortValuesHost());
        Assert.Equal(4, devices.Info.ValueSize);
        devices.Set(0, Loopback);
        Assert.True(devices.TryGetValue(0, out _));
    }

    [Fact]
    public void InvalidArguments_AreRejectedWithTheReason()
    {
        using DevicesMap devices = DevicesMap.Create();
        using TestProgram other = TestProgram.Load(ProgramType.Xdp, Instruction.Return(2));
        BpfException noInterface = Assert.Throws<BpfException>(() => devices.Set(0, 999_999));
        BpfException otherProgram = Assert.Throws<BpfException>(() => devices.Set(0, Loopback, other.Handle));
        Assert.All(
            [noInterface, otherProgram],
            refusal =>
            {
                Assert.Equal(Errno.EINVAL, refusal.Errno);
                Assert.Contains("no interface with this index, or the program was not loaded", refusal.Message, StringComparison.Ordinal);
            }
        );
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
        using NoDescriptor none = new();
        Assert.Throws<ArgumentException>(() => devices.Set(0, Loopback, none));
        Assert.Empty(devices);
        none.Dispose();
        Assert.True(none.IsReleased, "The descriptor was not released.");
    }

    /// <summary>A handle with the number that means "no program", which records whether it is released.</summary>
    private sealed class NoDescriptor() : System.Runtime.InteropServices.SafeHandle(0, ownsHandle: true)
    {
        public bool IsReleased { get; private set; }

        public override bool IsInvalid => false;

        protected override bool ReleaseHandle() => IsReleased = true;
    }
}
