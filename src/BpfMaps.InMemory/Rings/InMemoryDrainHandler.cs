namespace BpfMaps;

/// <summary>
/// The callback of a program that drains a user ring buffer. Receives a record in place; the memory is valid only until the callback
/// returns.
/// </summary>
/// <param name="record">All bytes of the record; <see cref="BpfRecord.As{TRecord}"/> reads them as a type.</param>
/// <returns>Whether to continue.</returns>
public delegate InMemoryDrain InMemoryDrainHandler(ReadOnlySpan<byte> record);
