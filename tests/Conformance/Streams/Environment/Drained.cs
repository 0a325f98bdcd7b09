namespace BpfMaps.Tests;

/// <summary>What the programs saw of the requests that they have drained.</summary>
/// <param name="Count">How many they were.</param>
/// <param name="Checksum">The sum of the events' values; for records of any size of their bytes, each times its place from 1.</param>
/// <param name="Last">The sequence of the last event.</param>
/// <param name="Bytes">How many bytes the records had, if they were read as bytes.</param>
/// <param name="OutOfOrder">How many events did not follow on the one before.</param>
internal readonly record struct Drained(ulong Count, ulong Checksum, ulong Last, ulong Bytes, ulong OutOfOrder);
