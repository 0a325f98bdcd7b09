using BpfMaps.Metadata;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Running;

/// <summary>Finds out whether queries can run in the kernel.</summary>
internal static class QuerySupport
{
    private const string LockName = "bpf_spin_lock";

    /// <summary>The number of additions that the verifier follows in reasonable time.</summary>
    private const int LargestTotal = 100_000;

    /// <summary>The number of CPUs whose values a program adds, one call each.</summary>
    private const int MostCpus = 2048;

    /// <summary>
    /// The size of the largest elements that programs copy, in bytes. Jumps over the code of a copy, two instructions for 8 bytes, have
    /// 16 bits.
    /// </summary>
    private const int LargestElement = 96 << 10;

    /// <summary>Whether a query has run. Only success is remembered, because privileges can change.</summary>
    private static volatile bool s_hasRun;

    /// <summary>Returns why the kernel cannot run queries for this process, or <see langword="null"/> if it can.</summary>
    public static string? WhyNot(BpfHost host)
    {
        if (host is not KernelHost)
            return "The map is not in the kernel: queries of in-memory maps run in this process.";
        if (s_hasRun)
            return null;
        try
        {
            using RawMap map = RawMap.Create(
                new BpfMapSpec
                {
                    Type = BpfMapType.Array,
                    KeySize = sizeof(uint),
                    ValueSize = sizeof(ulong),
                    MaxEntries = 1,
                },
                host
            );
            QueryTarget target = new()
            {
                KeySize = sizeof(uint),
                ValueSize = sizeof(ulong),
                IsArray = true,
                Cpus = [],
                Totals = [],
                ValueOffset = sizeof(ulong),
                Stride = 2 * sizeof(ulong),
            };
            using KernelRunner runner = new(map, target);
            runner.Ask(new Question(QuestionKind.Count, Always.True), default);
            s_hasRun = true;
            return null;
        }
        catch (BpfException problem)
        {
            return Explain(problem);
        }
    }

    /// <summary>Returns why a map cannot be queried in the kernel, whatever the kernel is; <see langword="null"/> if it can.</summary>
    public static string? WhyNot(BpfMapSchema schema, QueryTarget target, bool hasTotals)
    {
        if (schema.Value is { } value && HasLock(value))
            return "The values have a spin lock, which programs of queries cannot read around.";
        if (target.KeySize + target.ValueSize > LargestElement)
            return $"The elements have {target.KeySize + target.ValueSize} bytes, but programs copy at most {LargestElement}.";
        if (!target.IsPerCpu)
            return null;
        if (!hasTotals)
            return "The total of the values of all CPUs is computed by a method of C#.";
        if (target.Totals.FirstOrDefault(IsUnsupported) is { } field)
            return $"The total has a number of type {field.Number.Name}, which programs cannot add.";
        long steps = target.Cpus.Length * target.Totals.Sum(static field => (long)field.Count);
        return steps <= LargestTotal && target.Cpus.Length <= MostCpus
            ? null
            : $"The total of a value has {steps} numbers of {target.Cpus.Length} CPUs, more than a program can add.";
    }

    /// <summary>Returns the reason for an error of the first program.</summary>
    public static string Explain(BpfException problem) =>
        problem is { Command: "BPF_PROG_LOAD", Errno: Errno.EINVAL }
            ? $"The kernel does not support the programs of queries, which require Linux 5.14 (5.19 for per-CPU maps). {problem.Message}"
            : problem.Message;

    /// <summary>Programs have no floating-point numbers, and integers of at most 8 bytes.</summary>
    private static bool IsUnsupported(BpfTotalField field) =>
        field.Aggregation != Aggregation.First && (field.Number.Kind == BpfTypeKind.Float || field.Number.Size > sizeof(ulong));

    private static bool HasLock(BpfTypeLayout layout) =>
        layout.Name is LockName or nameof(BpfSpinLock) || layout.Fields.Any(static field => HasLock(field.Type));
}
