namespace Guard;

/// <summary>Where the daemon pins the maps and the link of the filter.</summary>
internal sealed record Pins(string Folder)
{
    public const string DefaultFolder = "/sys/fs/bpf/guard";

    public string Filter => $"{Folder}/filter";

    public string Rules4 => $"{Folder}/rules4";

    public string Rules6 => $"{Folder}/rules6";

    public string Sources => $"{Folder}/sources";

    public string Totals => $"{Folder}/totals";

    public string Settings => $"{Folder}/settings";

    public string WatchedDrops => $"{Folder}/watched_drops";

    public string WatchedUntil => $"{Folder}/watched_until";
}
