using System.Text;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for names of metrics and labels in OpenTelemetry and Prometheus.</summary>
internal static class MetricNames
{
    /// <summary>The maximum length of the name of an OpenTelemetry instrument.</summary>
    private const int MaxLength = 255;

    /// <returns>The problem of a metric name; <see langword="null"/> if it is valid.</returns>
    public static string? WhyNotMetric(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name.Length > MaxLength)
            return "it is longer than 255 characters";
        if (!IsLetter(name[0]))
            return "it does not start with a letter";
        if (FirstOther(name, IsMetricCharacter) is { } other)
            return $"it contains '{other}'; letters, digits and '_', '.', '-', '/' are allowed";
        return Normalize(name).StartsWith("bpfmaps_", StringComparison.Ordinal)
            ? "names that start with 'bpfmaps' are reserved for this library"
            : null;
    }

    /// <returns>The problem of a label name; <see langword="null"/> if it is valid.</returns>
    public static string? WhyNotLabel(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name is "le" or "quantile" || name.StartsWith("__", StringComparison.Ordinal))
            return "Prometheus reserves it";
        if (!IsLetter(name[0]) && name[0] != '_')
            return "it does not start with a letter or '_'";
        return FirstOther(name, IsLabelCharacter) is { } other ? $"it contains '{other}'; letters, digits, '_' and '.' are allowed" : null;
    }

    /// <summary>
    /// Replaces characters that Prometheus does not allow by <c>_</c>. Two names with the same result cannot both be exported.
    /// </summary>
    public static string Normalize(string name)
    {
        StringBuilder normal = new(name.Length);
        foreach (char c in name)
            normal.Append(IsLetter(c) || IsDigit(c) ? c : '_');
        return normal.ToString();
    }

    /// <summary>Gets the most similar valid metric name.</summary>
    public static string NearestMetric(string name)
    {
        string nearest = Replace(name, IsMetricCharacter).TrimStart('_', '.', '-', '/');
        if (nearest.Length == 0 || !IsLetter(nearest[0]) || Normalize(nearest).StartsWith("bpfmaps_", StringComparison.Ordinal))
            nearest = "map_" + nearest;
        return nearest.Length > MaxLength ? nearest.Substring(0, MaxLength) : nearest;
    }

    /// <summary>Gets the most similar valid label name.</summary>
    public static string NearestLabel(string name)
    {
        string nearest = Replace(name, IsLabelCharacter).TrimStart('_', '.');
        return nearest.Length == 0 || !IsLetter(nearest[0]) || nearest is "le" or "quantile" ? "key_" + nearest : nearest;
    }

    private static string Replace(string name, Func<char, bool> isAllowed)
    {
        StringBuilder result = new(name.Length);
        foreach (char c in name)
            result.Append(isAllowed(c) ? c : '_');
        return result.ToString();
    }

    private static char? FirstOther(string name, Func<char, bool> isAllowed)
    {
        foreach (char c in name)
        {
            if (!isAllowed(c))
                return char.IsControl(c) || char.IsSurrogate(c) ? '?' : c;
        }
        return null;
    }

    private static bool IsMetricCharacter(char c) => IsLabelCharacter(c) || c is '-' or '/';

    private static bool IsLabelCharacter(char c) => IsLetter(c) || IsDigit(c) || c is '_' or '.';

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
