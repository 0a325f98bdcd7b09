namespace BpfMaps.Benchmarks;

/// <summary>A run of the benchmarks: its options and its results.</summary>
internal sealed class Session(Options options)
{
    private readonly List<Result> _results = [];
    private readonly List<Growth> _growths = [];
    private readonly List<string> _notMeasured = [];

    public Options Options => options;

    public Effort Effort { get; } = options.IsQuick ? Effort.Quick : Effort.Full;

    public IReadOnlyList<Result> Results => _results;

    public IReadOnlyList<Growth> Growths => _growths;

    /// <summary>Returns whether the filter includes a workload.</summary>
    public bool Wants(string workload) => options.Filter is null || workload.Contains(options.Filter, StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> NotMeasured => _notMeasured;

    /// <summary>Runs workloads. Reports those that the machine does not support and continues with the others.</summary>
    public void Run(string family, Action<Session> workloads)
    {
        try
        {
            workloads(this);
        }
        catch (Exception problem) when (problem is BpfException or InvalidOperationException or IOException)
        {
            _notMeasured.Add($"{family}: {problem.Message}");
            Console.Error.WriteLine($"The family '{family}' was not measured completely. {problem.Message}");
        }
    }

    /// <summary>Runs a contest if the filter includes it.</summary>
    public void Run(Contest contest)
    {
        if (Wants(contest.Workload))
            Add(Race.Run(contest, Effort));
    }

    /// <summary>Adds a result and prints it. The parent process prints the results of the process without the kernel.</summary>
    public void Add(Result result)
    {
        _results.Add(result);
        if (!options.IsWithoutKernel)
            Console.WriteLine(ConsoleTable.Line(result));
    }

    public void Add(Growth growth) => _growths.Add(growth);
}
