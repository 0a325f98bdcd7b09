namespace BpfMaps;

/// <summary>Handles the bytes of a record in place. They are only valid until the handler returns.</summary>
/// <param name="record">All bytes of the record.</param>
public delegate void BpfRecordHandler(ReadOnlySpan<byte> record);
