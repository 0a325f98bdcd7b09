using System.Globalization;

namespace BpfMaps.Generators.Comparison;

/// <summary>Takes leaves in the order of a type's fields, up to a number that keeps an editor quick.</summary>
internal sealed class LeafCollector
{
    /// <summary>A type with more leaves than this is an array of structs, whose later elements say nothing that the first ones have not said.</summary>
    public const int Most = 8192;

    private readonly List<LayoutLeaf> _leaves = [];

    /// <summary>The offset from which on there may be leaves that were not taken.</summary>
    public int Limit { get; private set; } = int.MaxValue;

    public void Add(LayoutLeaf leaf)
    {
        if (_leaves.Count < Most)
            _leaves.Add(leaf);
        else
            Limit = Math.Min(Limit, leaf.Offset);
    }

    /// <summary>Goes through the elements of an array, or the one that is no array's.</summary>
    /// <param name="element">Gets the path and the offset of each.</param>
    public void Elements(string path, int offset, int size, int count, Action<string, int> element)
    {
        for (int index = 0; index < count; index++)
        {
            int start = offset + (index * size);
            if (index > 0 && _leaves.Count >= Most)
            {
                Limit = Math.Min(Limit, start);
                return;
            }
            element(count == 1 ? path : string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, index), start);
        }
    }

    /// <summary>What was taken, in the order of the offsets; of two at one offset the one that came first.</summary>
    public List<LayoutLeaf> Before(int limit) => [.. _leaves.Where(l => l.Offset < limit).OrderBy(static l => l.Offset)];

    public static string Join(string prefix, string name) => prefix.Length == 0 || name.Length == 0 ? prefix + name : $"{prefix}.{name}";
}
