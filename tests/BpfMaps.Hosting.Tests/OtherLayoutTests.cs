using Microsoft.Extensions.Logging;

namespace BpfMaps.Tests;

/// <summary>An upgrade to an object whose map differs from the pinned one.</summary>
[Collection("counted calls")]
public sealed class OtherLayoutTests
{
    private const int Calls = 500;

    [Fact]
    public async Task Reuse_RefusesBeforeAnythingIsChanged()
    {
        using PinDirectory pins = Require.BpfFs();
        await RunFirstAsync(pins["guard"]);
        using TestApplication second = new(options => Upgrade(options, pins["guard"], PinPolicy.Reuse));

        BpfMapMismatchException failure = await Assert.ThrowsAsync<BpfMapMismatchException>(second.StartAsync);

        Assert.Contains(pins["guard/calls"], failure.Message, StringComparison.Ordinal);
        Assert.Contains("max_entries is 16, but 32", failure.Message, StringComparison.Ordinal);
        TestApplication.Call(Calls);
        using TestApplication third = new(options => options.PinFolder = pins["guard"]);
        await third.StartAsync();
        Assert.Equal(2UL * Calls, third.Counted);
    }

    [Fact]
    public async Task ReplaceIfDifferent_StartsWithANewMapAndSaysSo()
    {
        using PinDirectory pins = Require.BpfFs();
        await RunFirstAsync(pins["guard"]);
        using TestApplication second = new(options => Upgrade(options, pins["guard"], PinPolicy.ReplaceIfDifferent));

        await second.StartAsync();
        TestApplication.Call(Calls);

        Assert.Equal((ulong)Calls, second.Counted);
        Assert.Equal(32u, second.Counter.Calls.Info.MaxEntries);
        Assert.Contains(
            second.Log.Messages,
            message =>
                message.Level == LogLevel.Warning
                && message.Text.StartsWith($"Replaced the pinned map {pins["guard/calls"]}: ", StringComparison.Ordinal)
        );
        Assert.Equal(["calls", "on_enter"], Directory.GetFiles(pins["guard"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ReplaceIfDifferent_KeepsTheOldMapIfTheLoadFails()
    {
        using PinDirectory pins = Require.BpfFs();
        await RunFirstAsync(pins["guard"]);
        using TestApplication second = new(options =>
        {
            Upgrade(options, pins["guard"], PinPolicy.ReplaceIfDifferent);
            Action<CounterObject> before = options.BeforeLoad!;
            // More memory than the kernel lets a map have.
            options.BeforeLoad = counter =>
            {
                before(counter);
                counter.Object.GetMap("calls").MaxEntries = uint.MaxValue;
            };
        });

        await Assert.ThrowsAnyAsync<BpfException>(second.StartAsync);

        TestApplication.Call(Calls);
        using TestApplication third = new(options => options.PinFolder = pins["guard"]);
        await third.StartAsync();
        Assert.Equal(2UL * Calls, third.Counted);
    }

    private static void Upgrade(BpfHostedObjectOptions<CounterObject> options, string folder, PinPolicy policy)
    {
        options.PinFolder = folder;
        options.PinPolicy = policy;
        Action<CounterObject> before = options.BeforeLoad!;
        options.BeforeLoad = counter =>
        {
            before(counter);
            counter.Object.GetMap("calls").MaxEntries = 32;
        };
    }

    private static async Task RunFirstAsync(string folder)
    {
        using TestApplication first = new(options => options.PinFolder = folder);
        await first.StartAsync();
        TestApplication.Call(Calls);
        await first.StopAsync();
    }
}
