using System.Globalization;

namespace BpfMaps.Generators.Objects;

/// <summary>Gives each name once: C names that differ only by case or by underscores are one name in C#.</summary>
internal sealed class NameScope
{
    /// <summary>What every type has from <see cref="object"/>.</summary>
    public static readonly IReadOnlyList<string> OfObject = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private readonly HashSet<string> _taken;

    // The numbers below these are taken, so that many of one name are not tried again and again.
    private readonly Dictionary<string, int> _nextNumbers = new(StringComparer.Ordinal);

    /// <param name="reserved">Names that nothing may get.</param>
    /// <param name="own">More of them: that of the type itself, and those of its other members.</param>
    public NameScope(IEnumerable<string> reserved, params string[] own)
        => _taken = new(reserved.Concat(own), StringComparer.Ordinal);

    /// <returns>The name; with <paramref name="suffix"/> behind it if it is taken, or with a number if that is taken too.</returns>
    public string Take(string name, string suffix)
    {
        if (_taken.Add(name))
            return name;
        string longer = name + suffix;
        if (suffix.Length != 0 && _taken.Add(longer))
            return longer;
        int number = _nextNumbers.TryGetValue(longer, out int next) ? next : 2;
        while (!_taken.Add(longer + number.ToString(CultureInfo.InvariantCulture)))
            number++;
        _nextNumbers[longer] = number + 1;
        return longer + number.ToString(CultureInfo.InvariantCulture);
    }
}
