namespace BpfMaps;

/// <summary>An attachment that a user asked for.</summary>
/// <param name="Where">The place in messages, such as <c>to eth0</c>.</param>
/// <param name="Attach">Attaches the program.</param>
/// <param name="Target">
/// The target, for hooks whose link keeps the hook to itself and can be updated; <see langword="null"/> if several links can have the same
/// target, so that a new one is compared with the old one.
/// </param>
/// <param name="UpdateLink">Updates an existing link of a struct_ops map, or throws; <see langword="null"/> for programs.</param>
internal sealed record AttachRequest(string Where, Func<BpfLink> Attach, LinkTarget? Target = null, Action<BpfLink>? UpdateLink = null);
