namespace BpfMaps;

/// <summary>
/// The spin lock of a value (<c>struct bpf_spin_lock</c>, 4 bytes, Linux 5.1). BPF programs and the kernel use it. User space does not
/// access it; it requests locking with <see cref="BpfLookupFlags.Lock"/> and <see cref="BpfUpdateFlags.Lock"/>.
/// </summary>
/// <remarks>The kernel returns zeros in its place and ignores what is written to it.</remarks>
public readonly struct BpfSpinLock
{
#pragma warning disable CS0169, IDE0051, CA1823 // The field defines the size and alignment of the struct; user space does not access it.
    private readonly uint _val;
#pragma warning restore CS0169, IDE0051, CA1823
}
