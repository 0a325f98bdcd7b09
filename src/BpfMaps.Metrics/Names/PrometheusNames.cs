using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Metrics.Names;

/// <summary>Converts OpenTelemetry names of metrics to Prometheus names.</summary>
internal static class PrometheusNames
{
    private const string CounterSuffix = "_total";

    /// <summary>Gets the name without suffixes of samples: <c>http_request_size_bytes</c>.</summary>
    public static string FamilyOf(string name, string? unit, BpfMetricKind kind)
    {
        string family = Sanitize(name);
        if (kind == BpfMetricKind.Counter && family.EndsWith(CounterSuffix, StringComparison.Ordinal))
            family = family[..^CounterSuffix.Length];
        return UnitOf(unit, kind) is { } word && family != word && !family.EndsWith("_" + word, StringComparison.Ordinal)
            ? $"{family}_{word}"
            : family;
    }

    /// <summary>Gets a unit in words; <see langword="null"/> without a unit, or if it only names what is counted.</summary>
    public static string? UnitOf(string? unit, BpfMetricKind kind)
    {
        if (unit is null)
            return null;
        string bare = WithoutAnnotations(unit);
        if (bare == "1")
            return kind == BpfMetricKind.Gauge ? "ratio" : null;
        int slash = bare.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return bare.Length == 0 ? null : Word(bare, isPlural: true);
        string per = bare[(slash + 1)..];
        string what = slash == 0 ? "" : Word(bare[..slash], isPlural: true);
        if (per.Length == 0)
            return what.Length == 0 ? null : what;
        return what.Length == 0 ? "per_" + Word(per, isPlural: false) : $"{what}_per_{Word(per, isPlural: false)}";
    }

    /// <summary>Replaces runs of characters other than letters, digits and <c>_</c> by one <c>_</c>.</summary>
    public static string Sanitize(string name)
    {
        StringBuilder result = new(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
                result.Append(c);
            else if (result.Length == 0 || result[^1] != '_')
                result.Append('_');
        }
        return result.ToString();
    }

    private static string WithoutAnnotations(string unit)
    {
        StringBuilder result = new();
        int depth = 0;
        foreach (char c in unit)
        {
            if (c == '{')
                depth++;
            else if (c == '}')
                depth--;
            else if (depth <= 0)
                result.Append(c);
        }
        return result.ToString();
    }

    private static string Word(string unit, bool isPlural)
    {
        (string one, string many) = unit switch
        {
            "s" => ("second", "seconds"),
            "ms" => ("millisecond", "milliseconds"),
            "us" => ("microsecond", "microseconds"),
            "ns" => ("nanosecond", "nanoseconds"),
            "min" => ("minute", "minutes"),
            "h" => ("hour", "hours"),
            "d" => ("day", "days"),
            "By" => ("byte", "bytes"),
            "KiBy" => ("kibibyte", "kibibytes"),
            "MiBy" => ("mebibyte", "mebibytes"),
            "GiBy" => ("gibibyte", "gibibytes"),
            "KBy" or "kBy" => ("kilobyte", "kilobytes"),
            "MBy" => ("megabyte", "megabytes"),
            "GBy" => ("gigabyte", "gigabytes"),
            "bit" => ("bit", "bits"),
            "m" => ("meter", "meters"),
            "g" => ("gram", "grams"),
            "J" => ("joule", "joules"),
            "W" => ("watt", "watts"),
            "V" => ("volt", "volts"),
            "A" => ("ampere", "amperes"),
            "Hz" => ("hertz", "hertz"),
            "Cel" => ("celsius", "celsius"),
            "%" => ("percent", "percent"),
            _ => (Sanitize(unit), Sanitize(unit)),
        };
        return isPlural ? many : one;
    }
}
