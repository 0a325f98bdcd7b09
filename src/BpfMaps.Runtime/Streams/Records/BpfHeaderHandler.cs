namespace BpfMaps;

/// <summary>Handles a record whose beginning contains its type. Both references are only valid until the handler returns.</summary>
/// <typeparam name="T">The type of the common beginning of all records.</typeparam>
/// <param name="header">
/// The beginning of the record, for example a tag that says what <see cref="BpfRecord.As{TRecord}"/> can read it as.
/// </param>
/// <param name="record">All bytes of the record, including the header.</param>
public delegate void BpfHeaderHandler<T>(in T header, ReadOnlySpan<byte> record)
    where T : unmanaged;
