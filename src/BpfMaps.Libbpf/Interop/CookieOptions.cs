using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

// libbpf's option structures begin with their size. Any library version accepts them if the fields that it does not know are zero.

/// <summary><c>struct bpf_perf_event_opts</c>, <c>bpf_tracepoint_opts</c> and <c>bpf_usdt_opts</c>, which are the same.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CookieOptions
{
    public nuint Size;
    public ulong Cookie;
}
