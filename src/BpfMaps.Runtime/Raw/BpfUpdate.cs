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

/// <summary>Controls how a value is read.</summary>
[Flags]
public enum BpfLookupFlags : ulong
{
    /// <summary>Reads the value without a lock.</summary>
    None = 0,

    /// <summary>Copies the value under its <c>bpf_spin_lock</c> (BPF_F_LOCK, Linux 5.1). Requires BTF with the lock.</summary>
    Lock = 4,
}

/// <summary>The result of an update.</summary>
public enum BpfUpdateResult
{
    /// <summary>The value was written.</summary>
    Ok = 0,

    /// <summary>Nothing was written: the key exists, and <see cref="BpfUpdateFlags.NoExist"/> was given (EEXIST).</summary>
    AlreadyExists = 1,

    /// <summary>Nothing was written: the key does not exist, and <see cref="BpfUpdateFlags.Exist"/> was given (ENOENT).</summary>
    NotFound = 2,

    /// <summary>Nothing was written: the map is full, or the array index is out of range (E2BIG; ENOSPC for tries).</summary>
    Full = 3,
}
