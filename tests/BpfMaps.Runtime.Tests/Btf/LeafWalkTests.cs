using System.Collections;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests that the number of steps for large arrays is linear in the number of leaves.</summary>
public sealed class LeafWalkTests
{
    private const int Count = 5_000;

    /// <summary>The maximum number of leaves that a step over one leaf may read.</summary>
    private const int LooksPerLeaf = 12;

    [Fact]
    public void Unions_AreFoundInOneWalk()
    {
        Looks looks = new();
        (List<LayoutLeaf> unions, List<LayoutLeaf> rest) = LeafWalk.DropWhatUnionsCover(
            looks.At(Leaves(isUnion: true)),
            looks.At(Leaves(isUnion: false))
        );
        Assert.Equal((0, 0), (unions.Count, rest.Count));
        looks.AssertFew();
    }

    [Fact]
    public void UnionsWithoutACounterpart_AreWalkedOnce()
    {
        Looks looks = new();
        Assert.Equal(
            Count,
            LeafWalk.DropWhatUnionsCover(looks.At(Leaves(isUnion: true)), looks.At(Leaves(isUnion: false, shift: 4))).Unions.Count
        );
        looks.AssertFew();
    }

    [Fact]
    public void Padding_IsRemovedInOneWalk()
    {
        Looks looks = new();
        Assert.Empty(
            LeafWalk.DropNamedPadding(
                looks.At(Leaves(isUnion: false)),
                looks.At([.. Enumerable.Range(0, Count).Select(static i => (i * 16, (i * 16) + 8))])
            )
        );
        looks.AssertFew();
    }

    [Fact]
    public void Pairs_AreFoundInOneWalk()
    {
        Looks looks = new();
        int pairs = 0;
        LeafWalk.Pair(looks.At(Leaves(isUnion: false)), looks.At(Leaves(isUnion: false)), (_, _) => pairs++);
        Assert.Equal(Count, pairs);
        looks.AssertFew();
    }

    /// <summary>Creates an array whose elements of 16 bytes have a field of 8 bytes.</summary>
    private static LayoutLeaf[] Leaves(bool isUnion, int shift = 0)
    {
        BpfTypeKind kind = isUnion ? BpfTypeKind.Union : BpfTypeKind.Unsigned;
        return [.. Enumerable.Range(0, Count).Select(i => new LayoutLeaf($"all[{i}]", (i * 16) + shift, kind, 8, 1, "u64"))];
    }

    /// <summary>Counts the accesses to a list.</summary>
    private sealed class Looks
    {
        private int _count,
            _leaves;

        public IReadOnlyList<T> At<T>(T[] items)
        {
            _leaves += items.Length;
            return new List<T>(this, items);
        }

        public void AssertFew() => Assert.InRange(_count, 1, _leaves * LooksPerLeaf);

        private sealed class List<T>(Looks looks, T[] items) : IReadOnlyList<T>
        {
            public int Count => items.Length;

            public T this[int index]
            {
                get
                {
                    looks._count++;
                    return items[index];
                }
            }

            public IEnumerator<T> GetEnumerator()
            {
                for (int index = 0; index < items.Length; index++)
                    yield return this[index];
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}
