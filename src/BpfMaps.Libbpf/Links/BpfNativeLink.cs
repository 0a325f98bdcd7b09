using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A link owned by libbpf.</summary>
internal sealed class BpfNativeLink(nint link) : BpfLink
{
    private const int InvalidArgument = 22;

    /// <summary>Before, the kernel had no links for attachments to perf events.</summary>
    private const string PerfLinkAdvice =
        "Attachments to kprobes, uprobes, tracepoints and perf events can be pinned on Linux 5.15 and later.";

    private static readonly Version s_firstPinnedPerfLink = new(5, 15);

    public override void Pin(string path)
    {
        CheckAlive();
        int result = Libbpf.Collect(() => Native.LinkPin(link, path), out string log);
        if (result >= 0)
            return;
        string? advice = -result == InvalidArgument && Environment.OSVersion.Version < s_firstPinnedPerfLink ? PerfLinkAdvice : null;
        throw Call.Failure($"Pinning a link at '{path}'", "bpf_link__pin", -result, log, advice);
    }

    private protected override void Detach() => _ = Native.LinkDestroy(link);
}
