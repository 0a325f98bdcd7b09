namespace BpfMaps.InMemory;

/// <summary>Who works on a map: user space through a descriptor, which sees the values of all CPUs, or a program, which sees those of its own.</summary>
/// <param name="Slot">The CPU it runs on, as its place among the possible ones.</param>
/// <param name="IsProgram">Whether it is a program.</param>
/// <param name="Access">What its descriptor allows.</param>
internal readonly record struct Caller(int Slot, bool IsProgram, BpfMapAccess Access = BpfMapAccess.ReadWrite);
