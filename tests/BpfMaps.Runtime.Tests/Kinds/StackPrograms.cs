namespace BpfMaps.Tests;

/// <summary>Programs that put stacks into maps.</summary>
internal static class StackPrograms
{
    /// <summary>The user's part of the stack instead of the kernel's.</summary>
    public const int UserStack = 1 << 8;

    private const int GetStackId = 27;

    /// <summary>A program that records the stack it runs on and returns its id.</summary>
    /// <param name="stacks">Where to.</param>
    /// <param name="flags">How many frames to skip at the top, and <see cref="UserStack"/>.</param>
    public static TestProgram Recorder(RawMap stacks, int flags) =>
        TestProgram.Load(ProgramType.RawTracepoint, [.. Instruction.LoadMap(2, stacks), Instruction.Move(3, flags), Instruction.Call(GetStackId), Instruction.Exit]);
}
