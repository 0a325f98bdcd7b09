namespace BpfMaps;

/// <summary>The condition that a waiter waits for.</summary>
internal enum BpfReadiness
{
    /// <summary>There is a record to read. The condition holds as long as there is one.</summary>
    Readable,

    /// <summary>
    /// The other side has read, so there may be space. It is signaled once per read, not as long as there is space, because space alone
    /// does not mean that a particular record fits.
    /// </summary>
    Writable,
}
