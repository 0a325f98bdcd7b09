namespace BpfMaps;

/// <summary>Controls whether an update adds or replaces an element (<c>BPF_ANY</c> and others).</summary>
[Flags]
public enum BpfUpdateFlags : ulong
{
    /// <summary>Adds or replaces the element (BPF_ANY).</summary>
    Any = 0,

    /// <summary>Only adds an element (BPF_NOEXIST).</summary>
    NoExist = 1,

    /// <summary>Only replaces an element (BPF_EXIST).</summary>
    Exist = 2,

    /// <summary>Writes the value under its <c>bpf_spin_lock</c> (BPF_F_LOCK, Linux 5.1). Requires BTF with the lock.</summary>
    Lock = 4,
}
