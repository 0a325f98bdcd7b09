namespace BpfMaps.Benchmarks;

/// <summary>One run of the benchmarks: what is wanted of it, and what came out.</summary>
internal sealed class Session(Options options)
{
    private readonly List<Result> _results = [];
    private readonly List<Growth> _growths = [];
    private readonly List<string> _notMeasured = [];

    public Options Options => options;

    public Effort Effort { get; } = options.IsQuick ? Effort.Quick : Effort.Full;

    public IReadOnlyList<Result> Results => _results;

    public IReadOnlyList<Growth> Growths => _growths;

    /// <summary>Whether the filter lets a workload through.</summary>
    public bool Wants(string workload) => options.Filter is null || workload.Contains(options.Filter, StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> NotMeasured => _notMeasured;

    /// <summary>Runs some workloads. What the machine does not allow is told, and the others go on.</summary>
    public void Run(string family, Action<Session> workloads)
    {
        try
        {
            workloads(this);
        }
        catch (Exception problem) when (problem is BpfException or InvalidOperationException or IOException)
        {
            _notMeasured.Add($"{family}: {problem.Message}");
            Console.Error.WriteLine($"{family} was not measured to its end. {problem.Message}");
        }
    }

    /// <summary>Runs a contest, if it is wanted.</summary>
    public void Run(Contest contest)
    {
        if (Wants(contest.Workload))
            Add(Race.Run(contest, Effort));
    }

    /// <summary>Takes a result and shows it. What the process without the kernel finds is shown by the one that started it.</summary>
    public void Add(Result result)
    {
        _results.Add(result);
        if (!options.IsWithoutKernel)
            Console.WriteLine(ConsoleTable.Line(result));
    }

    public void Add(Growth growth) => _growths.Add(growth);
}
