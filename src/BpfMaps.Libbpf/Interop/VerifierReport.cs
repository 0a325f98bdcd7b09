namespace BpfMaps.Interop;

/// <summary>The reason for the rejection of a program, from the log of the verifier.</summary>
/// <param name="Program">The name of the program.</param>
/// <param name="Reason">The last line about the program.</param>
/// <param name="SourceLine">The line of the C source that the verifier was at; <see langword="null"/> without BTF.</param>
/// <param name="Tail">The last lines of the log.</param>
internal sealed record VerifierReport(string Program, string Reason, string? SourceLine, string Tail)
{
    private const int TailLength = 20;
    private const string Begin = "-- BEGIN PROG LOAD LOG --";
    private const string End = "-- END PROG LOAD LOG --";

    /// <summary>The verifier puts source lines before the instructions that they were compiled to.</summary>
    private const string SourcePrefix = "; ";

    /// <summary>The verifier ends each log with its statistics.</summary>
    private const string StatisticsPrefix = "processed ";

    /// <returns><see langword="null"/> if the log contains no log of the verifier, or one that names no reason.</returns>
    public static VerifierReport? Find(string log)
    {
        int begin = log.LastIndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
            return null;
        int lineStart = log.LastIndexOf('\n', begin) + 1;
        string program = log[lineStart..begin].Split('\'') is [_, { } name, ..] ? name : "";
        int end = log.IndexOf(End, begin, StringComparison.Ordinal);
        string text = log[(begin + Begin.Length)..(end < 0 ? log.Length : end)];
        List<string> lines = [.. text.Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length != 0)];
        string? reason = lines.FindLast(static line => !IsStatistics(line) && !line.StartsWith(SourcePrefix, StringComparison.Ordinal));
        if (reason is null)
            return null;
        string? source = lines.FindLast(static line => line.StartsWith(SourcePrefix, StringComparison.Ordinal));
        string tail = string.Join(Environment.NewLine, lines.TakeLast(TailLength));
        return new(program, reason, source?[SourcePrefix.Length..].Trim(), tail);
    }

    /// <summary>Returns the part of a message about the refusal.</summary>
    public string Describe()
    {
        string at = SourceLine is null ? "" : $" The line of the C source is: {SourceLine}";
        return $"The kernel's verifier rejected program '{Program}': {Reason}.{at}{Environment.NewLine}"
            + $"The end of the verifier's log (the property Log has the whole log):{Environment.NewLine}{Tail}";
    }

    private static bool IsStatistics(string line) =>
        line.StartsWith(StatisticsPrefix, StringComparison.Ordinal)
        || line.StartsWith("verification time", StringComparison.Ordinal)
        || line.StartsWith("stack depth", StringComparison.Ordinal);
}
