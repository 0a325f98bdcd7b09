namespace BpfMaps.Tests;

public sealed class BpfArrayMapTests
{
    [Fact]
    public void Elements_AreZeroUntilTheyAreWritten()
    {
        using NumbersMap map = NumbersMap.Create(10);
        Assert.Equal(10, map.Length);
        Assert.Equal(new ulong[10], map);
        map[3] = 7;
        map.Set(4, 8, BpfUpdateFlags.Exist);
        Assert.Equal(7ul, map[3]);
        Assert.Equal(8ul, map.Get(4, BpfLookupFlags.None));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public void IndexOutsideTheArray_IsRejectedWithIndexAndLength(int index)
    {
        using NumbersMap map = NumbersMap.Create(10);
        ArgumentOutOfRangeException problem = Assert.Throws<ArgumentOutOfRangeException>(() => map[index]);
        Assert.Equal("index", problem.ParamName);
        Assert.Contains($"'numbers' (Array, id {map.Info.Id}) has 10 elements", problem.Message);
        Assert.Contains($"the index {index} is out of range", problem.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => map[index] = 1);
    }

    [Fact]
    public void AddingAnExistingElement_ThrowsArgumentException()
    {
        using NumbersMap map = NumbersMap.Create(1);
        Assert.Contains(
            "All elements of an array exist",
            Assert.Throws<ArgumentException>(() => map.Set(0, 1, BpfUpdateFlags.NoExist)).Message
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(10_000)]
    public void WholeArray_IsWrittenAndReadInOrder(int length)
    {
        using NumbersMap map = NumbersMap.Create((uint)length);
        ulong[] values = [.. Enumerable.Range(1, length).Select(number => (ulong)number)];
        map.SetRange(0, values);
        Assert.Equal(values, map.ToArray());
        Assert.Equal(values, map);
        ulong[] copy = new ulong[length + 1];
        map.CopyTo(copy);
        Assert.Equal([.. values, 0], copy);
        Assert.Throws<ArgumentException>(() => map.CopyTo(new ulong[length - 1]));
        Assert.Equal(values[^1], map.Max());
    }

    [Fact]
    public void RangeInTheMiddle_DoesNotChangeOtherElements()
    {
        using NumbersMap map = NumbersMap.Create(6);
        map.SetRange(2, [1, 2, 3]);
        Assert.Equal([0, 0, 1, 2, 3, 0], map.ToArray());
        map.SetRange(6, []);
        Assert.Contains(
            "3 values do not fit at index 4",
            Assert.Throws<ArgumentOutOfRangeException>(() => map.SetRange(4, [1, 2, 3])).Message
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => map.SetRange(7, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.SetRange(-1, [1]));
        Assert.Equal([0, 0, 1, 2, 3, 0], map.ToArray());
    }

    [Fact]
    public void PaddedValues_AreReadBack()
    {
        using PaddedArrayMap map = PaddedArrayMap.Create();
        FlowStats[] values = [.. Enumerable.Range(0, 10).Select(number => new FlowStats { Packets = (ulong)number, Flags = 1 })];
        map.SetRange(0, values);
        Assert.Equal(values, map.ToArray());
        map[3] = new() { Packets = 100 };
        Assert.Equal(100ul, map[3].Packets);
    }

    [Fact]
    public void Enumeration_IsThatOfAnArray()
    {
        using NumbersMap map = NumbersMap.Create(3);
        map.SetRange(0, [7, 8, 9]);
        Assert.Equal([7ul, 8ul, 9ul], map);
        Assert.Equal([(0, 7ul), (1, 8ul), (2, 9ul)], map.Index());
    }
}
