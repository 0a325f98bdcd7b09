namespace BpfMaps;

/// <summary>Handles a sample in place. The reference is only valid until the handler returns.</summary>
/// <typeparam name="T">The type of the samples.</typeparam>
/// <param name="record">The sample, in the memory that the program wrote.</param>
/// <param name="info">The CPU and the time of the sample.</param>
public delegate void BpfSampleHandler<T>(in T record, BpfSampleInfo info)
    where T : unmanaged;
