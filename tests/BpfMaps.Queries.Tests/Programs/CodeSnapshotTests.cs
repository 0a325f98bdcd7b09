using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Tests;

/// <summary>The code of each kind of question on each kind of map, as it is in <c>_snapshots</c>.</summary>
public sealed class CodeSnapshotTests
{
    private static readonly Dictionary<string, Func<string>> s_programs = new()
    {
        ["hash.lookup"] = () => OfFlows(QuestionKind.Lookup, flow => true),
        ["hash.count"] = () => OfFlows(QuestionKind.Count, flow => flow.Value.Bytes > 1000 && flow.Key.Port == 443),
        ["hash.count.arithmetic"] = () =>
            OfFlows(QuestionKind.Count, flow => (flow.Value.Balance / 3 << 2) - flow.Value.Tiny > ~flow.Value.Small % 7),
        ["hash.count.text"] = () => OfFlows(QuestionKind.Count, flow => flow.Value.Name == "bash" || !flow.Value.Name.StartsWith("s")),
        ["hash.any"] = () => OfFlows(QuestionKind.Any, flow => flow.Value.State == FlowState.Open),
        ["hash.first"] = () => OfFlows(QuestionKind.First, flow => flow.Value.NextHop > 7),
        ["hash.collect"] = () => OfFlows(QuestionKind.Collect, flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, 2) != 0),
        ["hash.remove"] = () => OfFlows(QuestionKind.Remove, flow => flow.Value.Flags.HasFlag(FlowFlags.Fin)),
        ["hash.sum"] = () => OfFlows(QuestionKind.Sum, flow => true, flow => flow.Value.Delta),
        ["hash.min"] = () => OfFlows(QuestionKind.Min, flow => flow.Value.Hops != 0, flow => flow.Value.Delta),
        ["hash.max"] = () => OfFlows(QuestionKind.Max, flow => flow.Value.Hops != 0, flow => (long)flow.Value.Inner.Hits),
        ["hash.top"] = () => OfFlows(QuestionKind.Top, flow => flow.Value.Retries == 1, flow => flow.Value.Delta),
        ["array.lookup"] = () => OfArray(QuestionKind.Lookup),
        ["array.collect"] = () => OfArray(QuestionKind.Collect),
        ["array.first"] = () => OfArray(QuestionKind.First),
        ["percpu-hash.lookup"] = () => OfUsage(QuestionKind.Lookup, usage => true),
        ["percpu-hash.totals"] = () => OfUsage(QuestionKind.Collect, usage => true),
        ["percpu-hash.where"] = () => OfUsage(QuestionKind.Collect, usage => usage.Value.Calls > 5 && usage.Value.Highest < 0),
        ["percpu-hash.top"] = () => OfUsage(QuestionKind.Top, usage => true, usage => usage.Value.Balance),
        ["percpu-array.totals"] = () => OfUsageArray(QuestionKind.Collect),
        ["percpu-array.lookup"] = () => OfUsageArray(QuestionKind.Lookup),
    };

    public static TheoryData<string> Programs => [.. s_programs.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Code_IsThatOfTheSnapshot(string name)
    {
        string text = s_programs[name]();

        string verified = Path.Combine(Folder(), name + ".verified.txt");
        string received = Path.Combine(Folder(), name + ".received.txt");
        bool isSame = File.Exists(verified) && File.ReadAllText(verified) == text;
        if (isSame)
            File.Delete(received);
        else
            File.WriteAllText(received, text);
        Assert.True(isSame, $"{verified} differs; if {Path.GetFileName(received)} is right, rename it.");
    }

    [Fact]
    public void Snapshots_AreOfPrograms() =>
        Assert.Equal(
            s_programs.Keys.Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(Folder(), "*.verified.txt")
                .Select(static file => Path.GetFileName(file)[..^".verified.txt".Length])
                .Order(StringComparer.Ordinal)
        );

    private static string OfFlows(
        QuestionKind kind,
        Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> condition,
        Expression<Func<KeyValuePair<Flow.Key, Flow>, long>>? selector = null
    )
    {
        using FlowMap map = FlowMap.Create(new InMemoryBpfHost(3));
        using BpfQuery<Flow.Key, Flow> query = map.InKernel();
        return Code(query, kind, condition, selector);
    }

    private static string OfArray(QuestionKind kind)
    {
        using FlowArrayMap map = FlowArrayMap.Create(new InMemoryBpfHost(3));
        using BpfQuery<int, Flow> query = map.InKernel();
        return Code(query, kind, flow => flow.Key > 10, null);
    }

    private static string OfUsage(
        QuestionKind kind,
        Expression<Func<KeyValuePair<ulong, Usage>, bool>> condition,
        Expression<Func<KeyValuePair<ulong, Usage>, long>>? selector = null
    )
    {
        using UsageByIdMap map = UsageByIdMap.Create(new InMemoryBpfHost(3));
        using BpfQuery<ulong, Usage> query = map.InKernel();
        return Code(query, kind, condition, selector);
    }

    private static string OfUsageArray(QuestionKind kind)
    {
        using UsageArrayMap map = UsageArrayMap.Create(new InMemoryBpfHost(3));
        using BpfQuery<int, Usage> query = map.InKernel();
        return Code(query, kind, usage => usage.Value.Errors != 0, null);
    }

    private static string Code<TKey, TValue>(
        BpfQuery<TKey, TValue> query,
        QuestionKind kind,
        Expression<Func<KeyValuePair<TKey, TValue>, bool>> condition,
        Expression<Func<KeyValuePair<TKey, TValue>, long>>? selector
    )
        where TKey : unmanaged
        where TValue : unmanaged
    {
        BpfQueryFilter<TKey, TValue> filter = query.Where(condition);
        Question question = selector is null ? new Question(kind, filter.Condition) : query.WithSelector(kind, filter, selector).Question;
        return QuestionProgram.Write(query.Target, question).ToString();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../_snapshots");
}
