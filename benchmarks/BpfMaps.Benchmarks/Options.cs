namespace BpfMaps.Benchmarks;

/// <summary>The command-line options.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: run.sh [--quick] [--filter TEXT] [--edits]
          --quick        few and short rounds: for a look, not for the record
          --filter TEXT  only the workloads with TEXT in their names
          --edits        only the generator after edits, which needs no kernel
        """;

    public bool IsQuick { get; init; }

    public string? Filter { get; init; }

    /// <summary>Whether only the generator is measured, and its table written to standard output.</summary>
    public bool IsOnlyEdits { get; init; }

    /// <summary>The root folder of this repository.</summary>
    public string Repository { get; init; } = ".";

    /// <summary>Set in the child process that measures without the kernel: results are written to standard output.</summary>
    public bool IsWithoutKernel { get; init; }

    /// <summary>
    /// The name of the result files, which are not kept in the repository; <see langword="null"/> for a full run, whose files are named for
    /// the processor.
    /// </summary>
    public string? ResultsName =>
        Filter is not null ? "partial"
        : IsQuick ? "quick"
        : null;

    /// <summary>Parses the arguments; <see langword="null"/> if they are invalid.</summary>
    public static Options? Parse(ReadOnlySpan<string> arguments)
    {
        Options options = new();
        for (; !arguments.IsEmpty; arguments = arguments[1..])
        {
            switch (arguments)
            {
                case ["--quick", ..]:
                    options = options with { IsQuick = true };
                    break;
                case ["--without-kernel", ..]:
                    options = options with { IsWithoutKernel = true };
                    break;
                case ["--edits", ..]:
                    options = options with { IsOnlyEdits = true };
                    break;
                case ["--filter", string text, ..]:
                    options = options with { Filter = text };
                    arguments = arguments[1..];
                    break;
                case ["--repository", string folder, ..]:
                    options = options with { Repository = folder };
                    arguments = arguments[1..];
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
