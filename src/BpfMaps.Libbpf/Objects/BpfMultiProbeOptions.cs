namespace BpfMaps;

/// <summary>Options of probes that are attached to many functions at once.</summary>
public sealed record BpfMultiProbeOptions
{
    /// <summary>Gets whether the program runs on the return of the functions instead of their entry.</summary>
    public bool OnReturn { get; init; }

    /// <summary>
    /// Gets the values that the program reads with bpf_get_attach_cookie, one for each name or pattern; <see langword="null"/> for none.
    /// </summary>
    public IReadOnlyList<ulong>? Cookies { get; init; }

    /// <summary>Gets the process to trace, for functions in user space; <see langword="null"/> for all processes.</summary>
    public int? ProcessId { get; init; }
}
