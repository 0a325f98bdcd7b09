namespace BpfMaps.Generators.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Value">The value as C#.</param>
internal readonly record struct LabelMember(string Value, string Text);
