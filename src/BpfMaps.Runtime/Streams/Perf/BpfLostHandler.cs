namespace BpfMaps;

/// <summary>Handles the loss of samples because a buffer was full.</summary>
/// <param name="cpu">The CPU whose buffer was full.</param>
/// <param name="count">The number of samples lost since the last report.</param>
public delegate void BpfLostHandler(int cpu, long count);
