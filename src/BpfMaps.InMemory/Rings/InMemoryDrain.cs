namespace BpfMaps;

/// <summary>The return value of a callback that drains a user ring buffer.</summary>
public enum InMemoryDrain
{
    /// <summary>Continues with the next record.</summary>
    Continue = 0,

    /// <summary>Stops. This record is consumed; the others stay in the ring.</summary>
    Stop = 1,
}
