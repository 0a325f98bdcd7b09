namespace BpfMaps;

/// <summary>The contents of the verifier log of each loaded program. The values can be combined.</summary>
[Flags]
public enum BpfVerifierLogLevel
{
    /// <summary>Nothing; a program that is rejected is loaded again with <see cref="Branches"/>.</summary>
    None = 0,

    /// <summary>The states at branches.</summary>
    Branches = 1,

    /// <summary>The state at each instruction. The log of a large program can have many megabytes.</summary>
    Instructions = 2,

    /// <summary>Statistics: the number of instructions, states and loops (Linux 5.2).</summary>
    Statistics = 4,
}
