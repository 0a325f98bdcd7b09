namespace BpfMaps;

/// <summary>What an update may do to a key that is or is not there (<c>BPF_ANY</c> and its companions).</summary>
[Flags]
public enum BpfUpdateFlags : ulong
{
    /// <summary>Add or replace (BPF_ANY).</summary>
    Any = 0,

    /// <summary>Only add (BPF_NOEXIST).</summary>
    NoExist = 1,

    /// <summary>Only replace (BPF_EXIST).</summary>
    Exist = 2,

    /// <summary>Write the value under its <c>bpf_spin_lock</c> (BPF_F_LOCK, Linux 5.1). Needs a map whose BTF has the lock.</summary>
    Lock = 4,
}

/// <summary>How a value is read.</summary>
[Flags]
public enum BpfLookupFlags : ulong
{
    /// <summary>As it is.</summary>
    None = 0,

    /// <summary>Copy the value under its <c>bpf_spin_lock</c> (BPF_F_LOCK, Linux 5.1). Needs a map whose BTF has the lock.</summary>
    Lock = 4,
}

/// <summary>What became of an update.</summary>
public enum BpfUpdateResult
{
    /// <summary>The value was written.</summary>
    Ok = 0,

    /// <summary>Nothing was written: <see cref="BpfUpdateFlags.NoExist"/> was given and the key is there (EEXIST).</summary>
    AlreadyExists = 1,

    /// <summary>Nothing was written: <see cref="BpfUpdateFlags.Exist"/> was given and the key is not there (ENOENT).</summary>
    NotFound = 2,

    /// <summary>Nothing was written: the map is full, or the index of an array is past its end (E2BIG; ENOSPC for tries).</summary>
    Full = 3,
}
