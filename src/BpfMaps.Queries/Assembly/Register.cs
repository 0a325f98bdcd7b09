namespace BpfMaps.Queries.Assembly;

/// <summary>The registers of BPF. R1 to R5 are arguments and lost in calls, R6 to R9 are kept, R10 is the end of the stack.</summary>
internal enum Register : byte
{
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
}
