using System.Globalization;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>
/// Collects leaves in the order of the fields, up to a limit that keeps editors responsive, and records which bytes fields cover.
/// </summary>
/// <param name="size">The size of the type in bytes.</param>
internal sealed class LeafCollector(int size)
{
    /// <summary>A type with more leaves than this is an array of structs, whose later elements add no information.</summary>
    public const int Most = 8192;

    private readonly List<LayoutLeaf> _leaves = [];
    private readonly List<(int Offset, int End)> _covered = [];

    /// <summary>The offset from which on leaves may be missing.</summary>
    public int Limit { get; private set; } = int.MaxValue;

    private bool IsFull => _leaves.Count + _covered.Count >= 2 * Most;

    /// <summary>Adds a leaf without padding.</summary>
    public void Add(LayoutLeaf leaf)
    {
        if (AddOpaque(leaf))
            _covered.Add((leaf.Offset, leaf.End));
    }

    /// <summary>Adds a leaf that may contain padding; <see cref="Cover"/> records the covered bytes.</summary>
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

    /// <summary>Visits the elements of an array, or the single element if <paramref name="count"/> is 1.</summary>
    /// <param name="element">Called with the path and the offset of each element.</param>
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

    /// <summary>
    /// Gets the leaves before an offset in the order of offsets; leaves at the same offset stay in the order in which they were added.
    /// </summary>
    public List<LayoutLeaf> Before(int limit) => [.. _leaves.Where(l => l.Offset < limit).OrderBy(static l => l.Offset)];

    /// <summary>Gets the bytes that no field covers, in order.</summary>
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
