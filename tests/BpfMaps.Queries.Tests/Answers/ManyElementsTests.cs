using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

/// <summary>Large maps are queried in bounded memory.</summary>
public sealed class ManyElementsTests
{
    [Fact]
    public void MillionElements_AreEnumeratedOnce_InSeveralRuns()
    {
        Require.Feature(KernelFeature.Queries);
        int Count = SequenceCount.IsSet ? 400_000 : 1_000_000;
        using SizedMap<ulong, Wide> map = SizedMap<ulong, Wide>.Create((uint)Count);
        ulong[] keys = [.. Enumerable.Range(0, Count).Select(static index => (ulong)index * 3)];
        map.SetRange(keys, new Wide[Count]);
        using BpfQuery<ulong, Wide> query = map.InKernel(BpfQueryExecution.KernelOnly);

        Assert.Equal(Count, query.Count());
        HashSet<ulong> found = [];
        foreach (ref readonly KeyValuePair<ulong, Wide> element in query.Where(_ => true))
            Assert.True(found.Add(element.Key), $"{element.Key} is returned twice.");
        Assert.True(found.SetEquals(keys), $"{Count - found.Count} of {Count} elements are missing.");
        Assert.Equal(10_000, query.Where(element => element.Key % 300 == 0).ToArray().Length);
        Assert.Equal(Count / 2, query.Where(element => element.Key % 2 == 1).Remove());
    }

    [Fact]
    public void LargeArray_IsEnumeratedInOrder_InSeveralRuns()
    {
        Require.Feature(KernelFeature.Queries);
        const int Length = 400_000;
        using WideArrayMap map = WideArrayMap.Create(Length);
        using BpfQuery<int, WideValue> query = map.InKernel(BpfQueryExecution.KernelOnly);

        int next = 0;
        foreach (ref readonly KeyValuePair<int, WideValue> element in query.Where(_ => true))
            Assert.Equal(next++, element.Key);
        Assert.Equal(Length, next);
    }

    /// <summary>Elements that exist all the time are found exactly once, although others come and go between the runs.</summary>
    [Fact]
    public void ElementsThatComeAndGo_DoNotHideOthers()
    {
        Require.Feature(KernelFeature.QueriesOfUnallocatedHashes);
        const int Count = 400_000;
        using WideFlowMap map = WideFlowMap.Create(1_000_000);
        map.SetRange([.. Enumerable.Range(0, Count).Select(static key => (ulong)key)], new WideValue[Count]);
        using BpfQuery<ulong, WideValue> query = map.InKernel(BpfQueryExecution.KernelOnly);

        Dictionary<ulong, int> found = [];
        ulong visitor = Count;
        foreach (ref readonly KeyValuePair<ulong, WideValue> element in query.Where(_ => true))
        {
            found[element.Key] = found.GetValueOrDefault(element.Key) + 1;
            if (found.Count % 1_000 == 0)
            {
                map.Set(visitor, default);
                map.Remove(visitor - 1 >= Count ? visitor - 1 : visitor);
                visitor++;
            }
        }

        Assert.All(Enumerable.Range(0, Count), key => Assert.Equal(1, found.GetValueOrDefault((ulong)key)));
    }

    [InlineArray(240)]
    private struct Wide
    {
        private byte _first;
    }
}
