using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>
/// Finds the layouts that are written once and used by name. If types use others several times, the complete tree can have millions of
/// lines.
/// </summary>
internal static class SharedLayouts
{
    /// <summary>A few hundred lines are more readable without names.</summary>
    private const int MostLines = 512;

    /// <summary>
    /// Names the layouts that several others use, in the order of their dependencies; none if the complete tree is short.
    /// </summary>
    /// <param name="prefix">The prefix of the names, which is followed by a number.</param>
    public static Dictionary<TypeLayout, string> Find(IEnumerable<TypeLayout?> roots, string prefix, out List<TypeLayout> inOrder)
    {
        TypeLayout[] all = [.. roots.OfType<TypeLayout>()];
        Search search = new();
        long lines = 0;
        foreach (TypeLayout root in all)
            lines = Math.Min(int.MaxValue, lines + search.LinesOf(root));
        Dictionary<TypeLayout, string> names = new(SameFields.Instance);
        inOrder = [];
        if (lines <= MostLines)
            return names;
        foreach (TypeLayout layout in search.UsedOftenInOrder)
        {
            names.Add(layout, prefix + names.Count.Text());
            inOrder.Add(layout);
        }
        return names;
    }

    private sealed class Search
    {
        private readonly Dictionary<TypeLayout, long> _lines = new(SameFields.Instance);
        private readonly HashSet<TypeLayout> _usedOften = new(SameFields.Instance);
        private readonly List<TypeLayout> _inOrder = [];

        public IEnumerable<TypeLayout> UsedOftenInOrder => _inOrder.Where(_usedOften.Contains);

        /// <summary>Gets the number of lines of a complete layout.</summary>
        public long LinesOf(TypeLayout layout)
        {
            if (!layout.IsComposite)
                return 1;
            if (_lines.TryGetValue(layout, out long known))
            {
                _usedOften.Add(layout);
                return known;
            }
            long lines = 1;
            foreach (FieldLayout field in layout.Fields)
                lines = Math.Min(int.MaxValue, lines + LinesOf(field.Type));
            _lines.Add(layout, lines);
            _inOrder.Add(layout);
            return lines;
        }
    }

    /// <summary>Compares layouts by the identity of their field arrays. Comparing the fields would visit the whole tree.</summary>
    private sealed class SameFields : IEqualityComparer<TypeLayout>
    {
        public static readonly SameFields Instance = new();

        public bool Equals(TypeLayout? x, TypeLayout? y) =>
            ReferenceEquals(x, y)
            || (
                x is not null && y is not null && x.Fields.Count > 0 && x.Name == y.Name && x.Size == y.Size && x.Fields.IsSameAs(y.Fields)
            );

        public int GetHashCode(TypeLayout layout) => StringComparer.Ordinal.GetHashCode(layout.Name) + layout.Size;
    }
}
