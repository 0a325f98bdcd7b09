using System.Net;

namespace Guard;

/// <summary>The blocklist file: one rule a line, <c>#</c> starts a comment.</summary>
internal static class Blocklist
{
    /// <exception cref="FormatException">A line is not a rule; the message has the file and the line.</exception>
    public static Dictionary<IPNetwork, Rule> Read(string path)
    {
        Dictionary<IPNetwork, Rule> rules = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (!RuleText.TryParse(words, RuleOrigin.File, out IPNetwork network, out Rule rule, out string? error))
                throw new FormatException($"{path}:{number}: {error}.");
            rules[network] = rule;
        }
        return rules;
    }

    /// <summary>
    /// Makes the table contain the rules of the file. It is never empty during that: rules are added first, and removed afterwards. Rules
    /// from guardctl stay.
    /// </summary>
    public static (int Added, int Removed) Apply(Dictionary<IPNetwork, Rule> wanted, RuleTable table)
    {
        Dictionary<IPNetwork, Rule> present = table.ToDictionary();
        int added = 0,
            removed = 0;
        foreach ((IPNetwork network, Rule rule) in wanted)
        {
            if (present.TryGetValue(network, out Rule old) && (old.Origin == RuleOrigin.Control || IsSame(old, rule)))
                continue;
            table.Set(network, rule with { Packets = old.Packets });
            added++;
        }
        foreach ((IPNetwork network, Rule rule) in present)
        {
            if (rule.Origin == RuleOrigin.File && !wanted.ContainsKey(network) && table.Remove(network))
                removed++;
        }
        return (added, removed);
    }

    private static bool IsSame(in Rule left, in Rule right) => left.Action == right.Action && left.Limit == right.Limit;
}
