namespace BpfMaps.Generators.Layouts;

/// <summary>
/// Checks across the lines of a <c>.layout</c> file: names are unique, types are defined, fields fit, and no type contains itself.
/// </summary>
internal sealed class LayoutFileChecks
{
    private const int MaxDepth = 32;

    private readonly HashSet<(string Keyword, string Name)> _names = [];
    private readonly Dictionary<string, (LayoutLine Line, int Size, List<LayoutField> Fields)> _types = new(StringComparer.Ordinal);
    private readonly List<(LayoutLine Line, LayoutTypeUse Type, Func<long, string?> Check)> _uses = [];
    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);

    public void Once(LayoutLine line, string name)
    {
        if (!_names.Add((line.Keyword, name)))
            throw line.Error($"the {line.Keyword} '{name}' occurs twice");
    }

    public void Defines(LayoutLine line, string token, int size, List<LayoutField> fields) => _types.Add(token, (line, size, fields));

    /// <summary>Checks that a key or value has the size that the map defines.</summary>
    public void Uses(LayoutLine line, LayoutTypeUse? type, int size, string what)
    {
        if (type is { } used)
            _uses.Add(
                (
                    line,
                    used,
                    actual => actual == size ? null : $"expected a {what} of {size} bytes, found {actual} bytes of '{used.Element}'"
                )
            );
    }

    /// <summary>Checks that a field or variable fits into its container.</summary>
    /// <param name="bits">The end of a bitfield in bits from the offset; 0 for other fields.</param>
    public void Fits(LayoutLine line, int offset, LayoutTypeUse type, int bits, int end, string what) =>
        _uses.Add(
            (
                line,
                type,
                size =>
                {
                    if (bits > 0 && bits > (size * 8) + 7)
                        return $"a bitfield has more bits than '{type.Element}'";
                    long length = bits > 0 ? (bits + 7) / 8 : size;
                    return offset + length <= end
                        ? null
                        : $"expected a field inside the {end} bytes of {what}, found {length} bytes at {offset}";
                }
            )
        );

    public void Finish(List<LayoutType> types)
    {
        foreach ((LayoutLine line, LayoutTypeUse type, Func<long, string?> check) in _uses)
        {
            if (check(SizeOf(line, type)) is { } problem)
                throw line.Error(problem);
        }
        foreach (LayoutType type in types)
            DepthOf(_types[type.Token].Line, type.Token, 0);
    }

    private long SizeOf(LayoutLine line, LayoutTypeUse type)
    {
        long element =
            LayoutNumbers.IsKnown(type.Element) ? LayoutNumbers.SizeOf(type.Element)
            : _types.TryGetValue(type.Element, out (LayoutLine Line, int Size, List<LayoutField> Fields) known) ? known.Size
            : throw line.Error($"the type '{type.Element}' has no line");
        return element * Math.Max(type.Count, 1);
    }

    /// <summary>Gets the nesting depth of a type, including itself.</summary>
    private int DepthOf(LayoutLine line, string token, int above)
    {
        if (_depths.TryGetValue(token, out int known))
            return known;
        if (above == MaxDepth)
            throw TooDeep(line, token);

        int depth = 1;
        foreach (LayoutField field in _types[token].Fields)
        {
            if (_types.ContainsKey(field.Type.Element))
                depth = Math.Max(depth, 1 + DepthOf(line, field.Type.Element, above + 1));
        }
        if (depth > MaxDepth)
            throw TooDeep(line, token);
        _depths.Add(token, depth);
        return depth;
    }

    private static LayoutFormatException TooDeep(LayoutLine line, string token) =>
        line.Error($"the type '{token}' is nested deeper than {MaxDepth} types, or contains itself");
}
