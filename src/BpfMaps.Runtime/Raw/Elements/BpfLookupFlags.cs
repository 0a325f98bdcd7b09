namespace BpfMaps;

/// <summary>Controls how a value is read.</summary>
[Flags]
public enum BpfLookupFlags : ulong
{
    /// <summary>Reads the value without a lock.</summary>
    None = 0,

    /// <summary>Copies the value under its <c>bpf_spin_lock</c> (BPF_F_LOCK, Linux 5.1). Requires BTF with the lock.</summary>
    Lock = 4,
}
