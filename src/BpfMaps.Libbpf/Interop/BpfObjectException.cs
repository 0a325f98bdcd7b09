namespace BpfMaps;

/// <summary>The exception for operations that libbpf could not perform, such as opening, loading or attaching.</summary>
/// <param name="message">The complete message, including libbpf's warnings.</param>
/// <param name="errno">The error number, a positive Linux error number.</param>
/// <param name="command">The libbpf function that failed, such as <c>bpf_object__load</c>.</param>
/// <param name="log">libbpf's warnings. If the kernel rejected a program, they include the verifier's log.</param>
public sealed class BpfObjectException(string message, int errno, string command, string log) : BpfException(message, errno, command)
{
    /// <summary>
    /// Gets libbpf's warnings; empty if there were none. If the kernel rejected a program, they include the verifier's log.
    /// </summary>
    public string Log { get; } = log;
}
