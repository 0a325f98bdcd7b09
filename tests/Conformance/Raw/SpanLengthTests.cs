namespace BpfMaps.Tests;

public sealed class SpanLengthTests
{
    private static readonly int[] s_wrongBy = [-1, 1, 4];

    public static TheoryData<BpfMapType, string, string, int> WrongSpans()
    {
        TheoryData<BpfMapType, string, string, int> data = [];
        string[] plain = [nameof(RawMap.TryLookup), nameof(RawMap.TryLookupAndDelete), nameof(RawMap.Update)];
        string[] perCpu = [nameof(RawMap.TryLookupPerCpu), nameof(RawMap.TryLookupAndDeletePerCpu), nameof(RawMap.UpdatePerCpu)];
        foreach (int wrongBy in s_wrongBy)
        {
            Add(BpfMapType.Hash, plain, "value", wrongBy);
            Add(BpfMapType.Array, plain, "value", wrongBy);
            Add(BpfMapType.PerCpuHash, perCpu, "values", wrongBy);
            Add(BpfMapType.PerCpuArray, perCpu, "values", wrongBy);
            data.Add(BpfMapType.Hash, nameof(RawMap.Delete), "key", wrongBy);
            data.Add(BpfMapType.Hash, nameof(RawMap.TryGetNextKey), "key", wrongBy);
            data.Add(BpfMapType.Hash, nameof(RawMap.TryGetNextKey), "nextKey", wrongBy);
        }

        return data;

        void Add(BpfMapType type, string[] methods, string valueName, int wrongBy)
        {
            foreach (string method in methods)
            {
                data.Add(type, method, "key", wrongBy);
                data.Add(type, method, valueName, wrongBy);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WrongSpans))]
    public void SpanOfTheWrongLength_IsRejectedWithTheExpectedLength(BpfMapType type, string method, string parameter, int wrongBy)
    {
        using RawMap map = TestMaps.Create(type, keySize: 4, valueSize: 12);
        int expected = parameter is "value" or "values" ? map.ElementValueSize : 4;
        byte[] key = new byte[4 + (parameter == "key" ? wrongBy : 0)];
        byte[] value = new byte[map.ElementValueSize + (parameter is "value" or "values" ? wrongBy : 0)];
        byte[] nextKey = new byte[4 + (parameter == "nextKey" ? wrongBy : 0)];

        var refusal = Assert.Throws<ArgumentException>(() => Call(map, method, key, value, nextKey));
        Assert.Equal(parameter, refusal.ParamName);
        Assert.StartsWith(
            $"Map {map}: {parameter} must be {expected} bytes long, not {expected + wrongBy}.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ValueOfOneCpu_IsTooShortForAPerCpuMap()
    {
        using RawMap map = TestMaps.Create(BpfMapType.PerCpuHash);
        var refusal = Assert.Throws<ArgumentException>(() =>
            map.TryLookupPerCpu(new byte[4], new byte[map.PerCpuStride * (TestHost.Current.PossibleCpuCount - 1)])
        );
        Assert.Equal("values", refusal.ParamName);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1)]
    public void BatchOfPartialKeys_IsRejected(int bytes)
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string expected = $"Map {map}: keys must be a multiple of 4 bytes long, not {bytes}.";
        var update = Assert.Throws<ArgumentException>(() => map.UpdateBatch(new byte[bytes], new byte[8], out _));
        var delete = Assert.Throws<ArgumentException>(() => map.DeleteBatch(new byte[bytes], out _));
        Assert.All(
            [update, delete],
            refusal =>
            {
                Assert.Equal("keys", refusal.ParamName);
                Assert.StartsWith(expected, refusal.Message, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PerCpuHash)]
    public void BatchWithoutOneValuePerKey_IsRejected(BpfMapType type)
    {
        using RawMap map = TestMaps.Create(type);
        int each = map.ElementValueSize;
        Assert.All(
            [(2 * each) - 1, (2 * each) + 1, each, 0],
            bytes =>
            {
                var refusal = Assert.Throws<ArgumentException>(() => map.UpdateBatch(new byte[8], new byte[bytes], out _));
                Assert.Equal("values", refusal.ParamName);
                Assert.StartsWith(
                    $"Map {map}: values must be {2 * each} bytes long for 2 keys ({each} each), not {bytes}.",
                    refusal.Message,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Fact]
    public void WrongLengthOnADisposedMap_ThrowsArgumentException()
    {
        // The check precedes the system call, which is where disposal is detected.
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        Assert.Throws<ArgumentException>(() => map.TryLookup(new byte[3], new byte[8]));
        Assert.Throws<ObjectDisposedException>(() => map.TryLookup(new byte[4], new byte[8]));
    }

    [Theory]
    [InlineData(nameof(RawMap.TryLookup), nameof(RawMap.TryLookupPerCpu))]
    [InlineData(nameof(RawMap.TryLookupAndDelete), nameof(RawMap.TryLookupAndDeletePerCpu))]
    [InlineData(nameof(RawMap.Update), nameof(RawMap.UpdatePerCpu))]
    public void WrongMethodForPerCpuValues_IsRejectedWithTheRightOne(string plain, string perCpu)
    {
        using RawMap hash = TestMaps.Create(BpfMapType.Hash);
        using RawMap perCpuHash = TestMaps.Create(BpfMapType.PerCpuHash);
        var onPerCpu = Assert.Throws<InvalidOperationException>(() => Call(perCpuHash, plain, new byte[4], new byte[8], []));
        var onPlain = Assert.Throws<InvalidOperationException>(() => Call(hash, perCpu, new byte[4], new byte[8], []));
        Assert.Equal($"Map {perCpuHash} has one value per possible CPU: use {perCpu} instead of {plain}.", onPerCpu.Message);
        Assert.Equal($"Map {hash} has one value per key, not one per CPU: use {plain} instead of {perCpu}.", onPlain.Message);
    }

    private static void Call(RawMap map, string method, byte[] key, byte[] value, byte[] nextKey) =>
        _ = method switch
        {
            nameof(RawMap.TryLookup) => map.TryLookup(key, value),
            nameof(RawMap.TryLookupPerCpu) => map.TryLookupPerCpu(key, value),
            nameof(RawMap.TryLookupAndDelete) => map.TryLookupAndDelete(key, value),
            nameof(RawMap.TryLookupAndDeletePerCpu) => map.TryLookupAndDeletePerCpu(key, value),
            nameof(RawMap.Update) => map.Update(key, value) == BpfUpdateResult.Ok,
            nameof(RawMap.UpdatePerCpu) => map.UpdatePerCpu(key, value) == BpfUpdateResult.Ok,
            nameof(RawMap.Delete) => map.Delete(key),
            nameof(RawMap.TryGetNextKey) => map.TryGetNextKey(key, nextKey),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
        };
}
