using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A variable as a member of the section's class.</summary>
/// <param name="Name">Its property.</param>
/// <param name="Variable">Its definition.</param>
/// <param name="Type">The C# type; <see langword="null"/> for an array of <paramref name="Element"/> that is too large for a type.</param>
internal sealed record VariableMember(string Name, LayoutVariable Variable, string? Type, string? Element, int Size)
{
    /// <summary>The members for the last array of a section, which can be resized; <see langword="null"/> for other variables.</summary>
    public ResizableArray? Resizable { get; init; }
}
