namespace BpfMaps;

/// <summary>Handles a record in place. The reference is only valid until the handler returns.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="record">The record, in the memory that the program wrote.</param>
public delegate void BpfRecordHandler<T>(in T record)
    where T : unmanaged;
