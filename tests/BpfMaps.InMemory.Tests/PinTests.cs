namespace BpfMaps.Tests;

/// <summary>Tests of the emulated file system of pins.</summary>
public sealed class PinTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void Directories_NeedNotBeCreated()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.Pin("/sys/fs/bpf/a/b/c");
        using Counters opened = Counters.OpenPinned("/sys/fs/bpf/a/./b//c", host: _host);
        Assert.Equal(counters.Info.Id, opened.Info.Id);
        Assert.False(Directory.Exists("/sys/fs/bpf/a/b"), "The pin is in the real file system.");
    }

    [Fact]
    public void PathWithPinsBelowIt_IsADirectory()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.Pin("/sys/fs/bpf/a/b");
        Assert.Equal("EEXIST", Refusal(() => counters.Pin("/sys/fs/bpf/a")).ErrnoName);
        BpfException opening = Refusal(() => Counters.OpenPinned("/sys/fs/bpf/a", host: _host));
        Assert.Equal("EACCES", opening.ErrnoName);
        Assert.Contains("'/sys/fs/bpf/a' is a directory", opening.Message, StringComparison.Ordinal);
        Assert.Equal("EISDIR", Refusal(() => counters.Raw.Unpin("/sys/fs/bpf/a")).ErrnoName);
    }

    [Fact]
    public void PathBelowAPin_CannotBePinned()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.Pin("/sys/fs/bpf/a");
        BpfException refusal = Refusal(() => counters.Pin("/sys/fs/bpf/a/b"));
        Assert.Equal("ENOTDIR", refusal.ErrnoName);
        Assert.Contains("nothing can be pinned below a pin", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PathOutsideTheRoot_IsRejectedWithTheRoot()
    {
        using Counters counters = Counters.Create(host: _host);
        BpfException refusal = Refusal(() => counters.Pin("/run/bpf/counters"));
        Assert.Equal("EPERM", refusal.ErrnoName);
        Assert.Contains(
            "'/run/bpf' is not in a BPF file system, which pins require: use a path below /sys/fs/bpf.",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("EPERM", Refusal(() => counters.Pin("/sys/fs/bpffs")).ErrnoName);
        Assert.Equal("EPERM", Refusal(() => counters.Pin("/sys/fs/bpf/../counters")).ErrnoName);
        Assert.Equal("EEXIST", Refusal(() => counters.Pin("/sys/fs/bpf")).ErrnoName);
    }

    [Fact]
    public void PinsOfAnotherRoot_AreAccepted()
    {
        InMemoryBpfHost host = new() { PinRoot = "/run/cilium/bpffs/" };
        using Counters counters = Counters.Create(host: host);
        counters.Pin("/run/cilium/bpffs/counters");
        Assert.Equal("/run/cilium/bpffs", host.PinRoot);
        Assert.Equal("EPERM", Refusal(() => counters.Pin("/sys/fs/bpf/counters")).ErrnoName);
    }

    [Fact]
    public void NameWithMoreThan255Characters_IsTooLong()
    {
        using Counters counters = Counters.Create(host: _host);
        counters.Pin($"/sys/fs/bpf/{new string('x', 255)}");
        Assert.Equal("ENAMETOOLONG", Refusal(() => counters.Pin($"/sys/fs/bpf/{new string('x', 256)}")).ErrnoName);
    }

    private static BpfException Refusal(Action operation) => Assert.ThrowsAny<BpfException>(operation);

    private static BpfException Refusal(Func<object> operation) =>
        Refusal(() =>
        {
            _ = operation();
        });
}
