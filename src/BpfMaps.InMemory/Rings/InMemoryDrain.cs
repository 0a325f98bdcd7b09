namespace BpfMaps;

/// <summary>What a program that drains a user ring buffer says to each record: what its callback returns.</summary>
public enum InMemoryDrain
{
    /// <summary>Go on with the next record.</summary>
    Continue = 0,

    /// <summary>End here. This record is taken, the others stay in the ring.</summary>
    Stop = 1,
}

/// <summary>Receives a record of a user ring buffer in place: the callback of a program that drains it. The memory belongs to the ring again when it returns.</summary>
/// <param name="record">All bytes of the record; <see cref="BpfRecord.As{TRecord}"/> reads them as a type.</param>
/// <returns>Whether to go on.</returns>
public delegate InMemoryDrain InMemoryDrainHandler(ReadOnlySpan<byte> record);
