namespace BpfMaps.InMemory;

/// <summary>
/// The caller of an operation: user space through a descriptor, which sees the values of all CPUs, or a program, which sees the values of
/// its own CPU.
/// </summary>
/// <param name="Slot">The CPU that the caller runs on, as an index into the possible CPUs.</param>
/// <param name="IsProgram">Whether the caller is a program.</param>
/// <param name="Access">The access that the caller's descriptor allows.</param>
internal readonly record struct Caller(int Slot, bool IsProgram, BpfMapAccess Access = BpfMapAccess.ReadWrite);
