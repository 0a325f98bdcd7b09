using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Tells programs, links and other descriptors apart.</summary>
internal static class DescriptorKinds
{
    // The kernel names the descriptor of a new link with "_", and that of an opened link with "-".
    private const string NewLink = "anon_inode:bpf_link";
    private const string OpenedLink = "anon_inode:bpf-link";
    private const string Program = "anon_inode:bpf-prog";
    private const string Map = "anon_inode:bpf-map";

    /// <summary>
    /// Returns whether a descriptor has a kind; <see langword="true"/> also without /proc, where it cannot be identified.
    /// </summary>
    public static bool Is(SafeHandle handle, PinKind kind)
    {
        using HeldDescriptor held = new(handle);
        return !held.IsDisposed && Is(held.Descriptor, kind);
    }

    /// <inheritdoc cref="Is(SafeHandle, PinKind)"/>
    public static bool Is(int descriptor, PinKind kind) =>
        ProcFs.DescriptorKind(descriptor) is not { } found || (kind == PinKind.Link ? IsLink(found) : found == Program);

    /// <summary>Returns whether the target of a descriptor's link in /proc is a link.</summary>
    public static bool IsLink(string? target) => target is NewLink or OpenedLink;

    /// <summary>Returns whether the target of a descriptor's link in /proc is a map; <see langword="true"/> if it is unknown.</summary>
    public static bool IsMap(string? target) => target is null or Map;
}
