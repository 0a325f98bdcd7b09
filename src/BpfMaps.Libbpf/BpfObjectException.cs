namespace BpfMaps;

/// <summary>libbpf could not open, load or attach something.</summary>
/// <param name="message">The whole message, with what libbpf said.</param>
/// <param name="errno">What it answered, a positive Linux error number.</param>
/// <param name="command">What was tried, in libbpf's words, such as <c>bpf_object__load</c>.</param>
/// <param name="log">libbpf's warnings; for a program that the kernel refused, the verifier's log is among them.</param>
public sealed class BpfObjectException(string message, int errno, string command, string log)
    : BpfException(message, errno, command)
{
    /// <summary>libbpf's warnings; for a program that the kernel refused, the verifier's log is among them. Empty if there were none.</summary>
    public string Log { get; } = log;
}
