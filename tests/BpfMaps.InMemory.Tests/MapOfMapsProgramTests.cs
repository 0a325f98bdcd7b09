namespace BpfMaps.Tests;

public sealed class MapOfMapsProgramTests
{
    private readonly InMemoryBpfHost _host = new();

    public static TheoryData<BpfMapType> Kinds => [BpfMapType.ArrayOfMaps, BpfMapType.HashOfMaps];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Program_FindsTheInnerMapAndWritesToIt(BpfMapType type)
    {
        using Totals inner = Totals.Create(host: _host);
        using Totals other = Totals.Create(host: _host);
        using RawMap outer = CreateOuter(type, inner);
        Put(outer, 1, other);
        InMemoryProgram program = _host.AsProgram();
        Assert.False(program.TryLookupMap("outer", 0u, out _));
        Assert.True(program.TryLookupMap("outer", 1u, out InMemoryMapReference found));
        Assert.Equal(BpfUpdateResult.Ok, program.Update(found, 2u, 22ul));
        Assert.Equal((0u, 22u), (inner[2], other[2]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Program_CannotAddInnerMaps(BpfMapType type)
    {
        using Totals inner = Totals.Create(host: _host);
        using RawMap outer = CreateOuter(type, inner);
        Assert.Throws<InvalidOperationException>(() => _host.AsProgram().Update("outer", 1u, 1u));
        Assert.Throws<InvalidOperationException>(() => _host.AsProgram().Delete("outer", 1u));
        Assert.Throws<InvalidOperationException>(() => _host.AsProgram().TryLookup("outer", 1u, out uint _));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void RemovedInnerMap_IsReportedAsRemoved(BpfMapType type)
    {
        using Totals template = Totals.Create(host: _host);
        using RawMap outer = CreateOuter(type, template);
        using (Totals inner = Totals.Create(host: _host))
            Put(outer, 1, inner);
        Assert.True(_host.AsProgram().TryLookupMap("outer", 1u, out InMemoryMapReference found));
        Assert.True(_host.AsProgram().TryLookup(found, 1u, out ulong _));
        Assert.True(outer.Delete([1, 0, 0, 0]));
        string message = Assert.Throws<InvalidOperationException>(() => _host.AsProgram().TryLookup(found, 1u, out ulong _)).Message;
        Assert.Contains("was removed", message, StringComparison.Ordinal);
    }

    private RawMap CreateOuter(BpfMapType type, Totals inner) =>
        RawMap.Create(
            new()
            {
                Type = type,
                Name = "outer",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                InnerMap = inner.Raw,
            },
            _host
        );

    private static void Put(RawMap outer, uint key, Totals inner) =>
        outer.Update(BitConverter.GetBytes(key), BitConverter.GetBytes((int)inner.Raw.Handle.DangerousGetHandle()));
}
