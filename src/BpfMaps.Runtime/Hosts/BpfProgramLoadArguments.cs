using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The arguments of BPF_PROG_LOAD for a program that user space runs itself (BPF_PROG_TYPE_SYSCALL, Linux 5.14).</summary>
internal readonly ref struct BpfProgramLoadArguments
{
    /// <summary>The name as UTF-8, 1 to 15 bytes.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The instructions, 8 bytes each. They name maps by the index in <see cref="Maps"/>.</summary>
    public ReadOnlySpan<ulong> Instructions { get; init; }

    /// <summary>The maps.</summary>
    public ReadOnlySpan<SafeHandle> Maps { get; init; }

    /// <summary>The BTF with the types of the functions.</summary>
    public SafeHandle? Btf { get; init; }

    /// <summary>Pairs of the index of the first instruction of a function, and the id of its type.</summary>
    public ReadOnlySpan<uint> Functions { get; init; }

    /// <summary>Receives the log of the verifier, up to the first NUL; empty for no log.</summary>
    public Span<byte> Log { get; init; }
}
