namespace BpfMaps.Interop;

/// <summary><c>struct timespec</c> of 64-bit systems, the only ones whose bpf(2) number is known here.</summary>
internal struct TimeSpecification
{
    public nint Seconds;
    public nint Nanoseconds;
}
