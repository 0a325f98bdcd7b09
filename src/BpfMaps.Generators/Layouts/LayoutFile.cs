using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>The contents of a <c>.layout</c> file, which describes a BPF object. docs/layout-format.md defines the format.</summary>
/// <param name="Refusals">The reasons why libbpf rejects the object.</param>
/// <param name="Unlisted">The number of types that the file omits because there are too many.</param>
/// <remarks>
/// Part of the pipeline's model: immutable and structurally equal. It contains no line numbers, so moving a line does not change it.
/// </remarks>
internal sealed record LayoutFile(
    bool IsBigEndian,
    string? License,
    EquatableArray<LayoutMap> Maps,
    EquatableArray<LayoutSection> Sections,
    EquatableArray<LayoutProgram> Programs,
    EquatableArray<LayoutType> Types,
    EquatableArray<string> Refusals = default,
    int Unlisted = 0
)
{
    /// <summary>Finds the map with a name, or else the first map whose name the kernel truncates to it.</summary>
    public LayoutMap? FindMap(string name) =>
        Maps.FirstOrDefault(m => m.Name == name) ?? Maps.FirstOrDefault(m => MapNames.InKernel(m.Name) == name);
}
