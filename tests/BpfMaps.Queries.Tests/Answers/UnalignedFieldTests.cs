using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;

namespace BpfMaps.Tests;

/// <summary>Fields that are not aligned to their size, with the code for architectures that accept them and for others.</summary>
public sealed class UnalignedFieldTests
{
    private const int Count = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UnalignedFields_AreCompared(bool isAligned)
    {
        Require.Feature(KernelFeature.Queries);
        Random random = new(5);
        Dictionary<uint, PackedSample> samples = [];
        for (uint key = 0; key < Count; key++)
        {
            samples[key] = new()
            {
                Kind = (byte)key,
                Bytes = (ulong)random.NextInt64(),
                Change = (short)random.Next(short.MinValue, short.MaxValue),
                Address = (uint)random.Next(),
            };
        }

        using PackedSampleMap map = PackedSampleMap.Create();
        map.SetRange([.. samples.Keys], [.. samples.Values]);
        using BpfQuery<uint, PackedSample> query = map.InKernel(BpfQueryExecution.KernelOnly);
        QueryTarget target = query.Target with { IsAligned = isAligned };
        using KernelRunner runner = new(map.Raw, target);
        Question question = new(
            QuestionKind.Count,
            query
                .Where(sample => sample.Value.Bytes > long.MaxValue / 2 && sample.Value.Change < 0 && sample.Value.Address > 1u << 30)
                .Condition
        );
        runner.Prepare(question);

        Assert.Equal(
            samples.Values.Count(static sample => sample is { Bytes: > long.MaxValue / 2, Change: < 0, Address.Value: > 1u << 30 }),
            runner.Ask(question, default).Count
        );
        Assert.Equal(!isAligned, QuestionProgram.Write(target, question).ToString().Contains("*(u64 *)(r7 +1)", StringComparison.Ordinal));
    }
}
