namespace BpfMaps.Tests;

public sealed class BloomFilterTests
{
    private readonly InMemoryBpfHost _host = new();

    [Theory]
    [InlineData(1000u, 0UL)]
    [InlineData(1000u, 1UL)]
    [InlineData(1000u, 15UL)]
    public void FullFilter_ContainsAllValuesAndKeepsItsFalsePositiveRate(uint maxEntries, ulong hashFunctions)
    {
        using RawMap map = RawMap.Create(
            new()
            {
                Type = BpfMapType.BloomFilter,
                ValueSize = 4,
                MaxEntries = maxEntries,
                MapExtra = hashFunctions,
            },
            _host
        );
        for (uint number = 0; number < maxEntries; number++)
            Assert.Equal(BpfUpdateResult.Ok, map.Update([], BitConverter.GetBytes(number)));
        for (uint number = 0; number < maxEntries; number++)
            Assert.True(map.TryLookup([], BitConverter.GetBytes(number)), $"{number} is missing.");

        // The filter has at least n k 7/5 bits. The k bits of a value that was not added are all set with a probability of at most (1 -
        // e^(-kn/m))^k.
        double functions = hashFunctions == 0 ? 5 : hashFunctions;
        double expected = Math.Pow(1 - Math.Exp(-5.0 / 7), functions);
        int errors = Enumerable.Range(1_000_000, 20_000).Count(number => map.TryLookup([], BitConverter.GetBytes(number)));
        Assert.InRange(errors / 20_000.0, 0, expected * 1.2);
    }

    [Fact]
    public void FilterFarBeyondItsCapacity_HasManyFalsePositives()
    {
        using RawMap map = RawMap.Create(
            new()
            {
                Type = BpfMapType.BloomFilter,
                ValueSize = 4,
                MaxEntries = 10,
            },
            _host
        );
        for (uint number = 0; number < 1000; number++)
            map.Update([], BitConverter.GetBytes(number));
        Assert.True(map.TryLookup([], BitConverter.GetBytes(5_000_000u)), "A filter with all bits set rejected a value.");
    }
}
