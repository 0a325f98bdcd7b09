namespace BpfMaps.Tests;

/// <summary>The requests that the programs have drained.</summary>
/// <param name="Count">The number of requests.</param>
/// <param name="Checksum">The sum of the events' values; for records of any size, of their bytes, each multiplied by its position, starting
/// at 1.</param>
/// <param name="Last">The sequence number of the last event.</param>
/// <param name="Bytes">The total size of the records, if they were read as bytes.</param>
/// <param name="OutOfOrder">The number of events that did not follow the previous one.</param>
internal readonly record struct Drained(ulong Count, ulong Checksum, ulong Last, ulong Bytes, ulong OutOfOrder);
