using System.Collections;
using BpfMaps.Generators.Model;
using MyLeaf = BpfMaps.Generators.Comparison.LayoutLeaf;
using MyWalk = BpfMaps.Generators.Comparison.LeafWalk;
using TheirLeaf = BpfMaps.LayoutLeaf;
using TheirWalk = BpfMaps.LeafWalk;

namespace BpfMaps.Generators.Tests.Comparison;

/// <summary>Large arrays take as many steps as they have leaves, times a number that does not grow with them.</summary>
public sealed class LeafWalkTests
{
    private const int Count = 5_000;

    /// <summary>Leaves that a step over one of them may look at.</summary>
    private const int LooksPerLeaf = 12;

    [Fact]
    public void Unions_AreMetInOneWalk()
    {
        Looks looks = new();
        (List<MyLeaf> myUnions, List<MyLeaf> myRest) = MyWalk.DropWhatUnionsCover(looks.At(Mine(TypeKindInBtf.Union)), looks.At(Mine(TypeKindInBtf.Unsigned)));
        Assert.Equal((0, 0), (myUnions.Count, myRest.Count));
        (List<TheirLeaf> theirUnions, List<TheirLeaf> theirRest) = TheirWalk.DropWhatUnionsCover(looks.At(Theirs(isUnion: true)), looks.At(Theirs(isUnion: false)));
        Assert.Equal((0, 0), (theirUnions.Count, theirRest.Count));
        looks.AssertFew();
    }

    [Fact]
    public void UnionsWithNothingInTheirPlace_AreWalkedOnce()
    {
        Looks looks = new();
        Assert.Equal(Count, MyWalk.DropWhatUnionsCover(looks.At(Mine(TypeKindInBtf.Union)), looks.At(Mine(TypeKindInBtf.Unsigned, shift: 4))).Unions.Count);
        Assert.Equal(Count, TheirWalk.DropWhatUnionsCover(looks.At(Theirs(isUnion: true)), looks.At(Theirs(isUnion: false, shift: 4))).Unions.Count);
        looks.AssertFew();
    }

    [Fact]
    public void Padding_IsDroppedInOneWalk()
    {
        Looks looks = new();
        Assert.Empty(MyWalk.DropNamedPadding(looks.At(Mine(TypeKindInBtf.Unsigned)), looks.At([.. Enumerable.Range(0, Count).Select(static i => (i * 16, (i * 16) + 8))])));
        Assert.Empty(TheirWalk.DropNamedPadding(looks.At(Theirs(isUnion: false)), looks.At([.. Enumerable.Range(0, Count).Select(static i => new PaddingRun(i * 16, 8))])));
        looks.AssertFew();
    }

    [Fact]
    public void Pairs_AreFoundInOneWalk()
    {
        Looks looks = new();
        int pairs = 0;
        MyWalk.Pair(looks.At(Mine(TypeKindInBtf.Unsigned)), looks.At(Mine(TypeKindInBtf.Unsigned)), (_, _) => pairs++);
        TheirWalk.Pair(looks.At(Theirs(isUnion: false)), looks.At(Theirs(isUnion: false)), (_, _) => pairs++);
        Assert.Equal(2 * Count, pairs);
        looks.AssertFew();
    }

    /// <summary>A field of 8 bytes in each element of 16.</summary>
    private static MyLeaf[] Mine(TypeKindInBtf kind, int shift = 0) => [.. Enumerable.Range(0, Count).Select(i => new MyLeaf($"all[{i}]", (i * 16) + shift, kind, 8, 1, "t"))];

    private static TheirLeaf[] Theirs(bool isUnion, int shift = 0)
    {
        BpfTypeLayout type = isUnion ? BpfTypeLayout.Union("u", 8, 8) : BpfTypeLayout.UInt64;
        return [.. Enumerable.Range(0, Count).Select(i => new TheirLeaf($"all[{i}]", (i * 16) + shift, type, 1))];
    }

    /// <summary>Counts how often a list was looked at.</summary>
    private sealed class Looks
    {
        private int _count, _leaves;

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
