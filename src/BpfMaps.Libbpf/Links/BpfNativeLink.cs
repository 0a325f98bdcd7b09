using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A link owned by libbpf.</summary>
internal sealed class BpfNativeLink(nint link) : BpfLink
{
    public override void Pin(string path)
    {
        CheckAlive();
        _ = Call.Number($"Pinning a link at '{path}'", "bpf_link__pin", () => Native.LinkPin(link, path));
    }

    private protected override void Detach() => _ = Native.LinkDestroy(link);
}
