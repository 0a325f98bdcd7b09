namespace BpfMaps;

/// <summary>
/// Receives the records of a call. Implementations are structs, so that the loop over the records is compiled for each of them.
/// </summary>
internal interface IRecordSink
{
    /// <summary>Receives a record. The position of the stream is already after it.</summary>
    /// <param name="record">The first byte of the record.</param>
    /// <param name="length">The size of the record in bytes.</param>
    /// <returns><see langword="false"/> if the record was too short and is not counted.</returns>
    bool Take(ref byte record, int length);
}
