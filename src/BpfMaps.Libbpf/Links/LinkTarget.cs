namespace BpfMaps;

/// <summary>The requested target of a link, in the terms of <see cref="BpfLinkInfo"/>.</summary>
/// <param name="Type">The type of the link.</param>
/// <param name="Identity">The number that identifies the target in the kernel.</param>
/// <param name="AttachType">The attach type; <see langword="null"/> if the type of the link has only one.</param>
/// <param name="Text">The target in messages, such as <c>eth0</c>.</param>
internal sealed record LinkTarget(BpfLinkType Type, string Identity, string? AttachType, string Text)
{
    /// <summary>Returns how an existing link differs, after "it"; <see langword="null"/> if it is attached to this target.</summary>
    public string? DifferenceOf(BpfLinkInfo existing)
    {
        if (existing.Type != Type)
            return $"is a link of type {existing.Type}, but {Type} was requested";
        if (existing.Identity != Identity)
            return $"is attached to {existing.Target}, but {Text} was requested";
        return existing.AttachType != AttachType ? $"has the attach type {existing.AttachType}, but {AttachType} was requested" : null;
    }

    /// <summary>Returns whether a link is at the same hook.</summary>
    public bool IsTargetOf(BpfLinkInfo existing) => DifferenceOf(existing) is null;

    public static LinkTarget Of(BpfLinkInfo info) => new(info.Type, info.Identity, info.AttachType, info.Target);
}
