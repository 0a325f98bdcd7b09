namespace BpfMaps;

/// <summary>Selects how a hosted object treats maps and links that are already pinned in its folder.</summary>
public enum PinPolicy
{
    /// <summary>
    /// Uses them. If a map has another layout than the object defines, or a link another target, the start fails before anything is
    /// changed.
    /// </summary>
    Reuse,

    /// <summary>
    /// Uses those that match, and replaces the others. The elements of a replaced map are lost unless another process has the map open.
    /// </summary>
    ReplaceIfDifferent,

    /// <summary>Fails if anything is pinned, which means that another instance runs or did not end properly.</summary>
    Fail,
}
