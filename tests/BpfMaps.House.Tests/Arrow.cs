namespace BpfMaps.House.Tests;

/// <summary>A dependency of a room on another.</summary>
/// <param name="From">The room.</param>
/// <param name="File">The file in the room.</param>
/// <param name="To">The other room.</param>
/// <param name="Type">The type that is used.</param>
internal sealed record Arrow(string From, string File, string To, string Type)
{
    public override string ToString() => $"{From} -> {To}: {File} uses {Type}";
}
