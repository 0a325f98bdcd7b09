using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>watch</c> prints what others change in a map.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load();

    public void Dispose() => _maps.Dispose();

    [Fact]
    public async Task Changes_ArePrintedWithRates()
    {
        RawMap networks = _maps["networks"];
        networks.Update([8, 0, 0, 0, 10, 0, 0, 0], [1, 0, 0, 0]);
        networks.Update([8, 0, 0, 0, 11, 0, 0, 0], [1, 0, 0, 0]);
        using LiveTool watch = LiveTool.Start("watch", _maps.Id("networks"), "--interval", "0.1", "--changes", "3");
        Assert.Equal($"watching map 'networks' (LpmTrie, id {_maps.Id("networks")}): 2 entries", await watch.ReadLineAsync());

        networks.Update([8, 0, 0, 0, 12, 0, 0, 0], [7, 0, 0, 0]);
        Assert.Equal("+ \"12.0.0.0/8\" -> 7", await watch.ReadLineAsync());
        networks.Update([8, 0, 0, 0, 11, 0, 0, 0], [101, 0, 0, 0]);
        Assert.Matches(@"^~ ""11\.0\.0\.0/8"" -> value: 1 => 101 \(\+[0-9.]+k?/s\)$", await watch.ReadLineAsync());
        networks.Delete([8, 0, 0, 0, 10, 0, 0, 0]);
        Assert.Equal("- \"10.0.0.0/8\" -> 1", await watch.ReadLineAsync());

        Assert.Equal(0, await watch.WaitAsync());
    }

    [Fact]
    public async Task OnlyChangedFields_AreNamed()
    {
        _maps.Run("set", "flows", "address=10.0.0.1", "port=1", "packets=5", "bytes=9", "state=STATE_NEW", "comm=a", "slots[2]=1");
        _maps.Run("set", "flows", "address=10.0.0.2", "port=2", "packets=5");
        using LiveTool watch = LiveTool.Start("watch", _maps.Id("flows"), "-i", "0.1", "--where", "port == 1");
        Assert.EndsWith(": 1 entry", await watch.ReadLineAsync(), StringComparison.Ordinal);

        _maps.Run("set", "flows", "address=10.0.0.2", "port=2", "packets=6");
        _maps.Run("set", "flows", "address=10.0.0.1", "port=1", "packets=2", "state=STATE_OPEN", "comm=b", "slots[2]=4");

        Assert.Matches(
            @"^~ \{ address: ""10\.0\.0\.1"", port: 1, padding: 0 \} -> packets: 5 => 2 \(-[0-9.]+/s\), state: STATE_NEW => STATE_OPEN, "
                + @"comm: ""a"" => ""b"", slots\[2\]: 1 => 4 \(\+[0-9.]+/s\)$",
            await watch.ReadLineAsync()
        );
        Assert.Equal(0, await watch.InterruptAsync());
    }

    [Fact]
    public async Task Json_HasOneObjectPerLine()
    {
        using LiveTool watch = LiveTool.Start("watch", _maps.Id("numbers"), "--interval", "0.1", "--changes", "1", "--json");
        // There is no line before the first change, so changes are made until one is seen.
        Task<string> next = watch.ReadLineAsync();
        for (ulong value = 1; !next.IsCompleted; value++)
        {
            _maps["numbers"].Update([2, 0, 0, 0], BitConverter.GetBytes(value));
            await Task.WhenAny(next, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        using JsonDocument json = JsonDocument.Parse(await next);
        Assert.Equal(
            ["time", "change", "key", "value", "rates"],
            json.RootElement.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal("changed", json.RootElement.GetProperty("change").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("key").GetInt32());
        Assert.True(json.RootElement.GetProperty("rates").GetProperty("value").GetDouble() > 0);
    }

    [Fact]
    public void Seconds_EndTheCommand() =>
        Assert.Equal("watching map 'numbers' (Array, id ID): 4 entries\n", _maps.Run("watch", "numbers", "--seconds", "0.1"));
}
