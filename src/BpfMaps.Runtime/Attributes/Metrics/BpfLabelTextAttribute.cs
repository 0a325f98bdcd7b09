namespace BpfMaps;

/// <summary>The text of an enum member in labels, where it is not the member's name.</summary>
/// <param name="text">The text.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class BpfLabelTextAttribute(string text) : Attribute
{
    /// <summary>Gets the text.</summary>
    public string Text { get; } = text;
}
