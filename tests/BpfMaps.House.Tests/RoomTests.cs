namespace BpfMaps.House.Tests;

/// <summary>The rooms of a project depend on each other only as its table in CONTRIBUTING.md allows.</summary>
public sealed class RoomTests
{
    /// <summary>The rooms of the runtime that every other room may use.</summary>
    private static readonly string[] s_ground = ["Attributes", "Errors"];

    public static TheoryData<string> Projects => [.. SourceProject.All.Select(static project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Table_HasAllRooms(string project)
    {
        SourceProject sources = Find(project);
        Assert.Equal(sources.Rooms, sources.Table().Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Dependencies_AreThoseOfTheTable(string project)
    {
        SourceProject sources = Find(project);
        Dictionary<string, string[]> table = sources.Table();
        string[] others =
        [
            .. sources
                .Arrows()
                .Where(arrow => !table[arrow.From].Contains(arrow.To) && !IsToTheGround(arrow))
                .Select(static arrow => arrow.ToString())
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(others.Length == 0, $"{project} has dependencies that its table does not allow:\n{string.Join('\n', others)}");
    }

    /// <summary>A room uses only rooms above it in the table, so the table has no cycles.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Table_HasNoCycles(string project)
    {
        List<string> below = [];
        foreach ((string room, string[] used) in Find(project).Table().Reverse())
        {
            below.Add(room);
            Assert.Empty(used.Intersect(below));
        }
    }

    [Fact]
    public void KernelTypes_AreRequestedInOneFile() =>
        Assert.Equal(
            ["MapBtf.cs"],
            Find("BpfMaps.Runtime")
                .Arrows()
                .Where(static arrow => arrow is { From: "Btf", To: "Hosts" or "Raw" })
                .Select(static arrow => arrow.File)
                .Distinct()
        );

    private static SourceProject Find(string project) => SourceProject.All.Single(p => p.Name == project);

    private static bool IsToTheGround(Arrow arrow) => s_ground.Contains(arrow.To) && !s_ground.Contains(arrow.From);
}
