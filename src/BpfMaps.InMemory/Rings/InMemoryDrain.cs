namespace BpfMaps;

/// <summary>The return value of a callback that drains a user ring buffer.</summary>
public enum InMemoryDrain
{
    /// <summary>Continues with the next record.</summary>
    Continue = 0,

    /// <summary>Stops. This record is consumed; the others stay in the ring.</summary>
    Stop = 1,
}

/// <summary>
/// The callback of a program that drains a user ring buffer. Receives a record in place; the memory is valid only until the callback
/// returns.
/// </summary>
/// <param name="record">All bytes of the record; <see cref="BpfRecord.As{TRecord}"/> reads them as a type.</param>
/// <returns>Whether to continue.</returns>
public delegate InMemoryDrain InMemoryDrainHandler(ReadOnlySpan<byte> record);
