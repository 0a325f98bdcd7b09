namespace BpfMaps.Tool.Loaded;

/// <summary>Something that a kernel may have.</summary>
/// <param name="Group">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsAvailable">Whether it can be used; <see langword="null"/> if finding out is not permitted.</param>
/// <param name="Detail">A version, a path, a value, or why it is not available; <see langword="null"/> if there is none.</param>
internal sealed record Feature(string Group, string Name, bool? IsAvailable, string? Detail = null);
