namespace BpfMaps;

/// <summary>The severity of a libbpf message.</summary>
public enum LibbpfLogLevel
{
    /// <summary>A failure, or a problem that will cause one.</summary>
    Warning = 0,

    /// <summary>General information.</summary>
    Information = 1,

    /// <summary>Details of each step.</summary>
    Debug = 2,
}
