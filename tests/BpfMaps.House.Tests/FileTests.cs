namespace BpfMaps.House.Tests;

/// <summary>A source file has one top-level type, and the name of the type.</summary>
public sealed class FileTests
{
    public static TheoryData<string> Folders =>
        [.. SourceProject.All.Select(static project => project.Name), "BpfMaps.Metrics.AspNetCore", "Shared"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void File_HasOneTypeAndItsName(string folder)
    {
        IEnumerable<string> wrong =
            from file in new SourceProject(folder, folder).Sources
            let types = SourceProject.TypesIn(file)
            // A partial type has files such as Type.Part.cs, and a generic one TypeOfT.cs; top-level statements have no type.
            where types.Length > 0 && (types.Length > 1 || !IsNamedFor(file, types[0]))
            select $"{Path.GetFileName(file)}: {string.Join(", ", types)}";
        Assert.Empty(wrong);
    }

    private static bool IsNamedFor(string file, string type) =>
        Path.GetFileName(file).Split('.')[0] is var name && (name == type || name.StartsWith(type + "Of", StringComparison.Ordinal));
}
