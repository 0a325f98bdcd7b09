namespace BpfMaps.Tests;

public sealed class BpfDevMapHashTests
{
    private const int Loopback = 1;

    public BpfDevMapHashTests() => Require.Kernel();

    [Fact]
    public void Key_ReturnsItsInterface()
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
    public void ExistingKey_ReceivesAnotherProgram()
    {
        using DevicesByKeyMap devices = DevicesByKeyMap.Create();
        using TestProgram egress = RedirectPrograms.ForDevice();
        devices.Set(1, Loopback);
        devices.Set(1, Loopback, egress.Handle);
        Assert.Equal([KeyValuePair.Create(1u, new BpfDevMapValue(Loopback, egress.Id))], devices);
    }

    [Fact]
    public void MapWithoutSpaceForPrograms_CanBeWalked()
    {
        using RawMap raw = TestMaps.Create(BpfMapType.DevMapHash, valueSize: 4, maxEntries: 2);
        DevicesByKeyMap devices = DevicesByKeyMap.FromRaw(raw);
        devices.Set(5, Loopback);
        Assert.Equal([KeyValuePair.Create(5u, new BpfDevMapValue(Loopback, 0))], devices);
    }
}
