namespace BpfMaps.Generators.Layouts;

/// <summary>A variable of a section.</summary>
internal sealed record LayoutVariable(string Name, int Offset, LayoutTypeUse Type, bool IsStatic)
{
    public string? CName => Type.CName;
}
