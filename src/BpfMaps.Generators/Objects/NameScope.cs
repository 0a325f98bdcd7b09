using System.Globalization;

namespace BpfMaps.Generators.Objects;

/// <summary>Gives each name once: C names that differ only by case or by underscores are one name in C#.</summary>
internal sealed class NameScope
{
    private static readonly string[] s_ofObject = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private readonly HashSet<string> _taken;

    /// <param name="reserved">Names that nothing may get: that of the type itself, and those of its other members.</param>
    public NameScope(params string[] reserved)
        => _taken = new(s_ofObject.Concat(reserved), StringComparer.Ordinal);

    /// <returns>The name; with <paramref name="suffix"/> behind it if it is taken, or with a number if that is taken too.</returns>
    public string Take(string name, string suffix)
    {
        if (_taken.Add(name))
            return name;
        if (suffix.Length != 0 && _taken.Add(name + suffix))
            return name + suffix;
        for (int number = 2; ; number++)
        {
            string numbered = name + suffix + number.ToString(CultureInfo.InvariantCulture);
            if (_taken.Add(numbered))
                return numbered;
        }
    }
}
