using System.Globalization;

namespace BpfMaps.Generators.Comparison;

/// <summary>Takes leaves in the order of a type's fields, up to a number that keeps an editor quick, and notes which bytes fields cover.</summary>
/// <param name="size">Bytes of the type.</param>
internal sealed class LeafCollector(int size)
{
    /// <summary>A type with more leaves than this is an array of structs, whose later elements say nothing that the first ones have not said.</summary>
    public const int Most = 8192;

    private readonly List<LayoutLeaf> _leaves = [];
    private readonly List<(int Offset, int End)> _covered = [];

    /// <summary>The offset from which on there may be leaves that were not taken.</summary>
    public int Limit { get; private set; } = int.MaxValue;

    private bool IsFull => _leaves.Count + _covered.Count >= 2 * Most;

    /// <summary>Takes a leaf whose bytes are all its own.</summary>
    public void Add(LayoutLeaf leaf)
    {
        if (AddOpaque(leaf))
            _covered.Add((leaf.Offset, leaf.End));
    }

    /// <summary>Takes a leaf that may have padding inside; <see cref="Cover"/> says where it has none.</summary>
    public bool AddOpaque(LayoutLeaf leaf)
    {
        if (IsFull)
            Limit = Math.Min(Limit, leaf.Offset);
        else
            _leaves.Add(leaf);
        return !IsFull;
    }

    public void Cover(int offset, int length)
    {
        if (IsFull)
            Limit = Math.Min(Limit, offset);
        else
            _covered.Add((offset, offset + length));
    }

    /// <summary>Goes through the elements of an array, or the one that is no array's.</summary>
    /// <param name="element">Gets the path and the offset of each.</param>
    public void Elements(string path, int offset, int elementSize, int count, Action<string, int> element)
    {
        for (int index = 0; index < count; index++)
        {
            int start = offset + (index * elementSize);
            if (IsFull)
            {
                Limit = Math.Min(Limit, start);
                return;
            }
            element(count == 1 ? path : string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, index), start);
        }
    }

    /// <summary>What was taken, in the order of the offsets; of two at one offset the one that came first.</summary>
    public List<LayoutLeaf> Before(int limit) => [.. _leaves.Where(l => l.Offset < limit).OrderBy(static l => l.Offset)];

    /// <summary>The bytes that no field covers, in order.</summary>
    public List<(int Offset, int End)> Gaps()
    {
        List<(int Offset, int End)> gaps = [];
        int end = 0;
        foreach ((int offset, int behind) in _covered.OrderBy(static c => c.Offset))
        {
            if (offset > end)
                gaps.Add((end, offset));
            end = Math.Max(end, behind);
        }
        if (size > end)
            gaps.Add((end, size));
        return gaps;
    }

    public static string Join(string prefix, string name) => prefix.Length == 0 || name.Length == 0 ? prefix + name : $"{prefix}.{name}";
}
