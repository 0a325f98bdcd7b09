namespace BpfMaps.Tests;

/// <summary>Programs that store stacks in maps.</summary>
internal static class StackPrograms
{
    /// <summary>A flag: the user stack instead of the kernel stack.</summary>
    public const int UserStack = 1 << 8;

    private const int GetStackId = 27;

    /// <summary>Creates a program that records its stack and returns the stack's id.</summary>
    /// <param name="stacks">The map of the stacks.</param>
    /// <param name="flags">The number of frames to skip at the top, and <see cref="UserStack"/>.</param>
    public static TestProgram Recorder(RawMap stacks, int flags) =>
        TestProgram.Load(
            ProgramType.RawTracepoint,
            [.. Instruction.LoadMap(2, stacks), Instruction.Move(3, flags), Instruction.Call(GetStackId), Instruction.Exit]
        );
}
