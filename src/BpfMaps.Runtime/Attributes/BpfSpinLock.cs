namespace BpfMaps;

/// <summary>
/// The lock of a value (<c>struct bpf_spin_lock</c>, 4 bytes, Linux 5.1). BPF programs and the kernel use it; user space leaves it alone and asks
/// for it with <see cref="BpfLookupFlags.Lock"/> and <see cref="BpfUpdateFlags.Lock"/>.
/// </summary>
/// <remarks>The kernel hands it out as zeroes and ignores what is written to it.</remarks>
public readonly struct BpfSpinLock
{
#pragma warning disable CS0169, IDE0051, CA1823 // It gives the struct its size and its alignment, and nobody in user space may touch it.
    private readonly uint _val;
#pragma warning restore CS0169, IDE0051, CA1823
}
