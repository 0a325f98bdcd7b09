namespace BpfMaps;

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
