namespace BpfMaps.Tests;

/// <summary>The rooms of the runtime use each other as the table in CONTRIBUTING.md says, and no other way.</summary>
public sealed class HouseTests
{
    /// <summary>What every other room may use.</summary>
    private static readonly string[] s_ground = ["Attributes", "Errors"];

    [Fact]
    public void Table_HasEveryRoom() => Assert.Equal(Rooms.All, Rooms.Table().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Arrows_AreThoseOfTheTable()
    {
        Dictionary<string, string[]> table = Rooms.Table();
        Arrow[] others = [.. Rooms.Arrows().Where(arrow => !table[arrow.From].Contains(arrow.To) && !IsToTheGround(arrow))];
        Assert.Empty(others);
    }

    /// <summary>A table whose arrows run in a circle would have no ground.</summary>
    [Fact]
    public void Table_PointsDown()
    {
        List<string> above = [];
        foreach ((string room, string[] used) in Rooms.Table().Reverse())
        {
            Assert.Empty(used.Intersect(above.Append(room)));
            above.Add(room);
        }
    }

    [Fact]
    public void OfTheTypes_OneFileAsksTheKernel() =>
        Assert.Equal(["MapBtf.cs"], Rooms.Arrows().Where(static arrow => arrow is { From: "Btf", To: "Hosts" or "Raw" }).Select(static arrow => arrow.File).Distinct());

    private static bool IsToTheGround(Arrow arrow) => s_ground.Contains(arrow.To) && !s_ground.Contains(arrow.From);
}
