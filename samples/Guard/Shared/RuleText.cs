using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Guard;

/// <summary>A rule as text, in the blocklist file and as arguments of guardctl.</summary>
internal static class RuleText
{
    /// <summary>Parses <c>NETWORK</c>, <c>NETWORK block</c>, <c>NETWORK allow</c> or <c>NETWORK limit RATE</c>.</summary>
    public static bool TryParse(
        string[] words,
        RuleOrigin origin,
        out IPNetwork network,
        out Rule rule,
        [NotNullWhen(false)] out string? error
    )
    {
        rule = new Rule { Origin = origin, Added = (ulong)DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        error = null;
        if (!Networks.TryParse(words[0], out network))
            error = $"'{words[0]}' is not an address or a network such as 192.0.2.0/24 or 2001:db8::/32";
        else if (words is [_] or [_, "block"])
            rule.Action = RuleAction.Block;
        else if (words is [_, "allow"])
            rule.Action = RuleAction.Allow;
        else if (words is [_, "limit", var rate] && TryParseRate(rate, out rule.Limit))
            rule.Action = RuleAction.Limit;
        else
            error =
                $"'{string.Join(' ', words[1..])}' is not a rule: write 'block', 'allow', or 'limit' and "
                + "the packets per second of each source";
        return error is null;
    }

    public static bool TryParseRate(string text, out uint rate) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rate) && rate > 0;
}
