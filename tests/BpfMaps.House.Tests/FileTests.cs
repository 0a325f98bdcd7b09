namespace BpfMaps.House.Tests;

/// <summary>A source file has one top-level type, and the name of the type.</summary>
public sealed class FileTests
{
    public static TheoryData<string> Projects => ["BpfMaps.Generators", "BpfMaps.CodeFixes", "BpfMaps.Tool", "BpfMaps.Metrics"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_HasOneTypeAndItsName(string project)
    {
        IEnumerable<string> wrong =
            from file in SourceProject.All.Single(p => p.Name == project).Sources
            let types = SourceProject.TypesIn(file)
            // A partial type has files such as Type.Part.cs; top-level statements have no type.
            where types.Length > 0 && (types.Length > 1 || types[0] != Path.GetFileName(file).Split('.')[0])
            select $"{Path.GetFileName(file)}: {string.Join(", ", types)}";
        Assert.Empty(wrong);
    }
}
