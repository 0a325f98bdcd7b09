using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

public sealed class MappedArrayTests
{
    [Fact]
    public void WhatIsWrittenInPlace_IsWhatTheMapHolds_AndTheOtherWayRound()
    {
        using MappedNumbersMap map = MappedNumbersMap.Create();
        using BpfArrayView<ulong> view = map.Map();
        Assert.Equal(1000, view.Length);
        view[3] = 7;
        Interlocked.Add(ref view[3], 1);
        Assert.Equal(8ul, map[3]);
        map[999] = 5;
        Assert.Equal(5ul, view[999]);
        Assert.Equal(1000, view.Span.Length);
        view.Span.Fill(1);
        Assert.Equal(1000, map.Count(value => value == 1));
        using BpfReadOnlyArrayView<ulong> readOnly = map.MapReadOnly();
        Assert.Equal(1ul, readOnly[999]);
        Assert.True(readOnly.Span.SequenceEqual(view.Span));
    }

    [Fact]
    public void ValuesWithGaps_AreAccessibleOnlyByIndex()
    {
        using MappedTriplesMap map = MappedTriplesMap.Create();
        using BpfArrayView<Triple> view = map.Map();
        for (int index = 0; index < view.Length; index++)
            view[index] = new() { A = (uint)index, C = 9 };
        Assert.Equal([0u, 1u, 2u, 3u, 4u], map.Select(triple => triple.A));
        Assert.All(map, triple => Assert.Equal(9u, triple.C));
        view[2].B = 5;
        Assert.Equal(5u, map[2].B);
        Assert.Equal(16, Unsafe.ByteOffset(ref view[0], ref view[1]));

        bool refused = false;
        try
        {
            _ = view.Span;
        }
        catch (NotSupportedException problem)
        {
            refused =
                problem.Message.Contains("12 bytes", StringComparison.Ordinal)
                && problem.Message.Contains("16 bytes apart", StringComparison.Ordinal);
        }
        Assert.True(refused, "a span over values with gaps was not rejected");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    public void IndexOutsideOfTheView_IsRejected(int index)
    {
        using MappedNumbersMap map = MappedNumbersMap.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            using BpfArrayView<ulong> view = map.Map();
            return view[index];
        });
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            using BpfReadOnlyArrayView<ulong> view = map.MapReadOnly();
            return view[index];
        });
    }

    [Fact]
    public void ViewThatOutlivesItsMap_StaysValid()
    {
        MappedNumbersMap map = MappedNumbersMap.Create();
        using BpfArrayView<ulong> view = map.Map();
        view[1] = 11;
        map.Dispose();
        view[1]++;
        Assert.Equal(12ul, view[1]);
        Assert.Throws<ObjectDisposedException>(() => map.Map().Dispose());
    }

    [Fact]
    public void FrozenMap_IsMappedReadOnly()
    {
        using MappedNumbersMap map = MappedNumbersMap.Create();
        map[0] = 3;
        map.Freeze();
        Assert.Throws<BpfPermissionException>(() => map.Map().Dispose());
        using BpfReadOnlyArrayView<ulong> view = map.MapReadOnly();
        Assert.Equal(3ul, view[0]);
    }
}
