using BpfMaps.Tests;

namespace BpfMaps.Runtime.Tests.Raw;

/// <summary>The table of map types matches the kernel and the classes of the library.</summary>
public sealed class MapTypeFactsTests
{
    /// <summary>struct_ops requires a structure in the BTF of the kernel.</summary>
    public static TheoryData<BpfMapType> Types => [.. Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps])];

    /// <summary>Gets the flags that stand alone: the others require a descriptor.</summary>
    private static IEnumerable<BpfMapFlags> SingleFlags =>
        Enum.GetValues<BpfMapFlags>().Except([BpfMapFlags.None, BpfMapFlags.Token, BpfMapFlags.ValueTypeBtfObject]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Flags_AreThoseOfTheKernel(BpfMapType type)
    {
        Require.Kernel();
        Require.MapType(type);
        MapTypeFacts facts = MapTypeFacts.Of(type);
        IEnumerable<BpfMapFlags> accepted = SingleFlags.Where(flag =>
            MapTypeProbe.Create(BpfHost.Kernel, type, facts.RequiredFlags | flag) == Errno.Ok
        );
        Assert.Equal(SingleFlags.Where(flag => facts.Flags.HasFlag(flag)), accepted);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void RequiredFlags_AreRequired(BpfMapType type)
    {
        Require.Kernel();
        Require.MapType(type);
        bool isRefused = MapTypeProbe.Create(BpfHost.Kernel, type, BpfMapFlags.None) != Errno.Ok;
        Assert.Equal(MapTypeFacts.Of(type).RequiredFlags != BpfMapFlags.None, isRefused);
    }

    [Fact]
    public void EveryMapType_HasFacts() =>
        Assert.All(
            Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified]),
            static type => Assert.Equal(type, MapTypeFacts.Find(type)?.Type)
        );

    [Fact]
    public void UnknownMapTypes_HaveNoFacts() =>
        Assert.All([BpfMapType.Unspecified, (BpfMapType)99, (BpfMapType)(-1)], static type => Assert.Null(MapTypeFacts.Find(type)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Class_IsAPublicClass(BpfMapType type)
    {
        MapTypeFacts facts = MapTypeFacts.Of(type);
        string[] names =
        [
            .. typeof(BpfMap).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(BpfMap))).Select(t => t.Name.Split('`')[0]),
        ];
        Assert.All(
            [BpfMapFlags.None, BpfMapFlags.Mmapable, BpfMapFlags.StackBuildId],
            flags => Assert.Contains(facts.ClassFor(flags), names)
        );
    }
}
