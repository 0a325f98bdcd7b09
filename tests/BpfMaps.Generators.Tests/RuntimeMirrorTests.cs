using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Tests;

/// <summary>The enums that the generator repeats match those of the runtime library.</summary>
public sealed class RuntimeMirrorTests
{
    [Fact]
    public void MapType_IsTheRuntimes() => AssertSame<MapType, BpfMapType>();

    [Fact]
    public void MapFlags_AreTheRuntimes() => AssertSame<MapFlags, BpfMapFlags>(except: nameof(MapFlags.Access));

    [Fact]
    public void AggregateOperation_IsTheRuntimes() => AssertSame<AggregateOperation, Aggregation>(except: nameof(AggregateOperation.Own));

    [Fact]
    public void TypeKinds_AreTheRuntimes() => AssertSame<TypeKindInBtf, BpfTypeKind>();

    [Fact]
    public void MetricKinds_AreTheRuntimes() => AssertSame<MetricKind, BpfMaps.Metadata.BpfMetricKind>();

    [Fact]
    public void BucketRules_AreTheRuntimes() => AssertSame<BucketRule, BpfBuckets>();

    [Fact]
    public void EveryTypeOfMap_HasItsRules() =>
        Assert.All(Enum.GetValues<MapType>().Except([MapType.Unspecified]), static type => Assert.NotNull(MapKind.Find(type)));

    private static void AssertSame<TMine, TTheirs>(params string[] except)
        where TMine : struct, Enum
        where TTheirs : struct, Enum => Assert.Equal(Members<TTheirs>(), Members<TMine>().Where(m => !except.Contains(m.Name)));

    private static IEnumerable<(string Name, long Value)> Members<T>()
        where T : struct, Enum =>
        Enum.GetNames<T>()
            .Select(static n => (n, Convert.ToInt64(Enum.Parse<T>(n), System.Globalization.CultureInfo.InvariantCulture)))
            .OrderBy(static m => m.Item2);
}
