namespace BpfMaps.Generators.Layouts;

/// <summary>A map of an object.</summary>
/// <param name="Section">The section whose variables are the value of the map, if it is a section.</param>
internal sealed record ObjectMap(ObjectLayout Object, LayoutMap Map, LayoutSection? Section)
{
    /// <summary>Finds the map or section of variables with a name.</summary>
    public static ObjectMap? Find(ObjectLayout layout, string name)
    {
        if (layout.File is not { } file)
            return null;
        if (file.FindMap(name) is { } map)
            return new(layout, map, null);
        return file.Sections.FirstOrDefault(s => s.Name == name) is { } section ? new(layout, MapOf(section), section) : null;
    }

    // A loader creates an array with one element for a section; its value is the section.
    private static LayoutMap MapOf(LayoutSection section) =>
        new(
            section.Name,
            BpfMapType.Array,
            null,
            4,
            null,
            section.Size,
            1,
            section.Flags,
            Pinning: 0,
            MapExtra: 0,
            NumaNode: null,
            KeyProblem: null,
            ValueProblem: null,
            Inner: null
        );
}
