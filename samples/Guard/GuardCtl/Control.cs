using System.Net;
using BpfMaps;

namespace Guard;

/// <summary>The commands that show or change the maps once.</summary>
internal static class Control
{
    public static int Status(Pins pins)
    {
        using SettingsMap settingsMap = SettingsMap.OpenPinned(pins.Settings, BpfMapAccess.ReadOnly);
        using TotalsMap totalsMap = TotalsMap.OpenPinned(pins.Totals, BpfMapAccess.ReadOnly);
        using Rules rules = new(pins);
        Settings settings = settingsMap[0];
        Totals totals = totalsMap.Aggregate(0);
        Dictionary<IPNetwork, Rule> all = rules.Table.ToDictionary();

        (bool isAttached, string filter) = Filter(pins, settings);
        Console.WriteLine($"filter      {filter}");
        Console.WriteLine($"daemon      {(DaemonProcess.IsRunning(settings) ? $"running as process {settings.Daemon}" : "not running")}");
        Console.WriteLine(
            $"rules       {all.Count}, {all.Values.Count(rule => rule.Origin == RuleOrigin.File)} of them from the blocklist file"
        );
        Console.WriteLine($"limit       {(settings.Limit == 0 ? "none" : $"{settings.Limit} packets per second and source")}");
        Console.WriteLine($"passed      {totals.Passed}");
        Console.WriteLine($"blocked     {totals.Blocked}");
        Console.WriteLine($"limited     {totals.Limited}");
        Console.WriteLine($"unreported  {totals.Unreported}");
        return isAttached ? 0 : 1;
    }

    public static int List(Pins pins)
    {
        using Rules rules = new(pins);
        Console.WriteLine($"{"network", -40} {"rule", -14} {"from", -8} {"dropped", 12} added");
        foreach ((IPNetwork network, Rule rule) in rules.Table.ToDictionary().OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            string added = DateTimeOffset.FromUnixTimeSeconds((long)rule.Added).ToString("u");
            Console.WriteLine(
                $"{network, -40} {rule, -14} {(rule.Origin == RuleOrigin.File ? "file" : "guardctl"), -8} {rule.Packets, 12} {added}"
            );
        }
        return 0;
    }

    public static int Set(Pins pins, string[] words)
    {
        if (!RuleText.TryParse(words, RuleOrigin.Control, out IPNetwork network, out Rule rule, out string? error))
        {
            Console.Error.WriteLine(error + ".");
            return 2;
        }
        using Rules rules = new(pins);
        rules.Table.Set(network, rule);
        Console.WriteLine($"{network}: {rule}");
        return 0;
    }

    public static int Unblock(Pins pins, string text)
    {
        if (!Networks.TryParse(text, out IPNetwork network))
        {
            Console.Error.WriteLine($"'{text}' is not an address or a network.");
            return 2;
        }
        using Rules rules = new(pins);
        bool isKnown = rules.Table.ToDictionary().TryGetValue(network, out Rule rule);
        if (!isKnown || !rules.Table.Remove(network))
        {
            Console.Error.WriteLine($"There is no rule for {network}. 'guardctl list' shows all rules.");
            return 1;
        }
        Console.WriteLine($"{network}: removed");
        if (rule.Origin == RuleOrigin.File)
            Console.Error.WriteLine("The rule is from the blocklist file, and returns when the file is read again. Remove it there, too.");
        return 0;
    }

    public static int Top(Pins pins, int count)
    {
        using SourceMap sources = SourceMap.OpenPinned(pins.Sources, BpfMapAccess.ReadOnly);
        List<(Address Address, Source Source)> all = [];
        foreach ((Address address, Source source) in sources)
            all.Add((address, source));
        Console.WriteLine($"{"source", -40} {"packets", 12} {"bytes", 14} {"dropped", 12}");
        foreach (
            (Address address, Source source) in all.OrderByDescending(pair => pair.Source.Dropped)
                .ThenByDescending(pair => pair.Source.Packets)
                .Take(count)
        )
            Console.WriteLine($"{address, -40} {source.Packets, 12} {source.Bytes, 14} {source.Dropped, 12}");
        return 0;
    }

    public static int Remove(Pins pins)
    {
        using (SettingsMap map = SettingsMap.OpenPinned(pins.Settings, BpfMapAccess.ReadOnly))
        {
            Settings settings = map[0];
            if (DaemonProcess.IsRunning(settings))
            {
                Console.Error.WriteLine($"The daemon is running as process {settings.Daemon}. Stop it first ('systemctl stop guard').");
                return 1;
            }
        }
        if (File.Exists(pins.Filter))
        {
            using BpfLink link = BpfLink.OpenPinned(pins.Filter);
            link.Unpin();
        }
        Directory.Delete(pins.Folder, recursive: true);
        Console.WriteLine("The filter is detached, and its rules and counters are deleted.");
        return 0;
    }

    private static (bool IsAttached, string Text) Filter(Pins pins, in Settings settings)
    {
        if (!File.Exists(pins.Filter))
            return (false, "not attached");
        using BpfLink link = BpfLink.OpenPinned(pins.Filter);
        BpfLinkInfo info = link.Info;
        return info.IsDetached
            ? (false, $"not attached: {settings.Interface} was removed. Restart the daemon")
            : (true, $"attached to {settings.Interface} as program {info.ProgramId}");
    }

    /// <summary>The pinned rules.</summary>
    private sealed class Rules : IDisposable
    {
        private readonly Rules4Map _rules4;
        private readonly Rules6Map _rules6;

        public Rules(Pins pins)
        {
            _rules4 = Rules4Map.OpenPinned(pins.Rules4);
            _rules6 = Rules6Map.OpenPinned(pins.Rules6);
            Table = new RuleTable(_rules4, _rules6);
        }

        public RuleTable Table { get; }

        public void Dispose()
        {
            _rules4.Dispose();
            _rules6.Dispose();
        }
    }
}
