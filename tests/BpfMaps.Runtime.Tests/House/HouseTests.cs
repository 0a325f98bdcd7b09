namespace BpfMaps.Tests;

/// <summary>Tests that the rooms of the runtime depend on each other only as the table in CONTRIBUTING.md allows.</summary>
public sealed class HouseTests
{
    /// <summary>The rooms that every other room may use.</summary>
    private static readonly string[] s_ground = ["Attributes", "Errors"];

    [Fact]
    public void Table_HasAllRooms() => Assert.Equal(Rooms.All, Rooms.Table().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Dependencies_AreThoseOfTheTable()
    {
        Dictionary<string, string[]> table = Rooms.Table();
        Arrow[] others = [.. Rooms.Arrows().Where(arrow => !table[arrow.From].Contains(arrow.To) && !IsToTheGround(arrow))];
        Assert.Empty(others);
    }

    /// <summary>Checks that the table has no cycles.</summary>
    [Fact]
    public void Table_HasNoCycles()
    {
        List<string> above = [];
        foreach ((string room, string[] used) in Rooms.Table().Reverse())
        {
            Assert.Empty(used.Intersect(above.Append(room)));
            above.Add(room);
        }
    }

    [Fact]
    public void KernelTypes_AreRequestedInOneFile() =>
        Assert.Equal(["MapBtf.cs"], Rooms.Arrows().Where(static arrow => arrow is { From: "Btf", To: "Hosts" or "Raw" }).Select(static arrow => arrow.File).Distinct());

    private static bool IsToTheGround(Arrow arrow) => s_ground.Contains(arrow.To) && !s_ground.Contains(arrow.From);
}
