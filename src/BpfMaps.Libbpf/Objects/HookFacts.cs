namespace BpfMaps;

/// <summary>The facts about a hook that explain why a program could not be attached to it.</summary>
/// <param name="ProgramType">The type of its programs.</param>
/// <param name="Feature">Its links in messages, such as <c>tcx links</c>.</param>
/// <param name="Since">The first kernel that has them.</param>
/// <param name="SharedBySeveral">Whether several programs can be attached, in an order.</param>
/// <param name="OtherReason">The usual reason of EINVAL if type and kernel are right.</param>
internal sealed record HookFacts(
    BpfProgramType ProgramType,
    string Feature,
    Version Since,
    bool SharedBySeveral,
    string? OtherReason = null
)
{
    /// <summary>Returns the advice about an error; <see langword="null"/> if nothing is known beyond its number.</summary>
    public string? Advice(int errno, BpfProgramType type, string section, LinkTarget target)
    {
        if (errno == Errno.EBUSY)
            return HookHolders.Describe(target);
        if (errno == Errno.EINVAL && type != ProgramType)
            return $"The program has the type {type} (section '{section}'), but this hook runs programs of type {ProgramType}.";
        if (errno == Errno.EINVAL && Environment.OSVersion.Version < Since)
            return $"Linux {Since} and later have {Feature}; this is {Environment.OSVersion.Version}."
                + (target.Type == BpfLinkType.Tcx ? " AttachTc works on older kernels." : "");
        return errno switch
        {
            Errno.EINVAL => OtherReason,
            Errno.EEXIST => "The program is already attached there.",
            Errno.ENOENT when SharedBySeveral => "The program or link that the position is relative to is not attached there.",
            Errno.EOPNOTSUPP when target.Type == BpfLinkType.Xdp =>
                $"The driver of {target.Text} does not support this mode of XDP: use BpfXdpMode.Generic or Default.",
            Errno.ENODEV => $"The network namespace of this process has no interface {target.Text}.",
            _ => null,
        };
    }
}
