using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The position of a program among the programs of a hook, for tcx and netkit. Programs run in order, until one decides about the packet.
/// </summary>
/// <remarks>To replace a program at its position, use <see cref="BpfLink.Update(BpfProgram, BpfProgram?)"/>.</remarks>
public sealed class BpfAttachPosition
{
    private const uint FlagBefore = 1 << 3;
    private const uint FlagAfter = 1 << 4;
    private const uint FlagLink = 1 << 13;

    private BpfAttachPosition(uint flags, SafeHandle? relative = null) => (Flags, Relative) = (flags, relative);

    /// <summary>Gets the position before all programs that are attached now.</summary>
    public static BpfAttachPosition First { get; } = new(FlagBefore);

    /// <summary>Gets the position after all programs that are attached now. This is the default.</summary>
    public static BpfAttachPosition Last { get; } = new(FlagAfter);

    /// <summary>Gets the position directly before the program of a link.</summary>
    /// <param name="link">A link at the same hook.</param>
    public static BpfAttachPosition Before(BpfLink link) => new(FlagBefore | FlagLink, HandleOf(link));

    /// <summary>Gets the position directly after the program of a link.</summary>
    /// <param name="link">A link at the same hook.</param>
    public static BpfAttachPosition After(BpfLink link) => new(FlagAfter | FlagLink, HandleOf(link));

    /// <summary>Gets the position directly before a program.</summary>
    /// <param name="program">A program that is attached at the same hook, also without a link.</param>
    public static BpfAttachPosition Before(BpfProgram program) => new(FlagBefore, HandleOf(program));

    /// <summary>Gets the position directly after a program.</summary>
    /// <param name="program">A program that is attached at the same hook, also without a link.</param>
    public static BpfAttachPosition After(BpfProgram program) => new(FlagAfter, HandleOf(program));

    internal uint Flags { get; }

    internal SafeHandle? Relative { get; }

    private static SafeHandle HandleOf(BpfLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.GetKernelLink("an anchor");
    }

    private static SafeHandle HandleOf(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Handle;
    }
}
