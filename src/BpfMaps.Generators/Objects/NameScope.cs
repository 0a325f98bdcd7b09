using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Assigns unique names. C names that differ only by case or underscores have the same C# name.</summary>
internal sealed class NameScope
{
    /// <summary>The members of <see cref="object"/>.</summary>
    public static readonly IReadOnlyList<string> OfObject =
    [
        "Equals",
        "Finalize",
        "GetHashCode",
        "GetType",
        "MemberwiseClone",
        "ReferenceEquals",
        "ToString",
    ];

    private readonly HashSet<string> _taken;

    // Lower numbers are used, which avoids trying them again for every duplicate.
    private readonly Dictionary<string, int> _nextNumbers = new(StringComparer.Ordinal);

    /// <param name="reserved">Names that are never assigned.</param>
    /// <param name="own">Further reserved names: of the type and its other members.</param>
    public NameScope(IEnumerable<string> reserved, params string[] own) => _taken = new(reserved.Concat(own), StringComparer.Ordinal);

    /// <returns>The name, followed by <paramref name="suffix"/> if it is used, and by a number if that is used too.</returns>
    public string Take(string name, string suffix)
    {
        if (_taken.Add(name))
            return name;
        string longer = name + suffix;
        if (suffix.Length != 0 && _taken.Add(longer))
            return longer;
        int number = _nextNumbers.TryGetValue(longer, out int next) ? next : 2;
        while (!_taken.Add(longer + number.Text()))
            number++;
        _nextNumbers[longer] = number + 1;
        return longer + number.Text();
    }
}
