using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Tests that the results of two to four threads on one map are possible for some sequential order of their operations.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LinearizabilityTests
{
    private const int Keys = 2;
    private const int Capacity = 16;

    // Fewer than the sequences of one thread, because each starts its own threads.
    private static readonly int s_histories = Math.Max(1, Sequences.Count / 10);

    [Theory]
    [InlineData(BpfMapFlags.None)]
    [InlineData(BpfMapFlags.NoPrealloc)]
    public void OperationsOnAHash_AreLinearizable(BpfMapFlags flags)
    {
        TestHost.RequireFeature(KernelFeature.LookupAndDeleteOfHashes);
        Check(
            Programs(Gen.OneOf(0ul, 1ul, 2ul), MapCall.Update, MapCall.Lookup, MapCall.Delete, MapCall.LookupAndDelete),
            () => new WordSubject(TestMaps.Create(BpfMapType.Hash, maxEntries: Capacity, flags: flags)),
            Linearization.Missing
        );
    }

    [Fact]
    public void OperationsOnAnArray_AreLinearizable() =>
        Check(
            Programs(Gen.OneOf(0ul, 2ul), MapCall.Update, MapCall.Lookup),
            () => new WordSubject(TestMaps.Create(BpfMapType.Array, maxEntries: Capacity)),
            initial: 0
        );

    private static Gen<Step[][]> Programs(Gen<ulong> flags, params MapCall[] calls) =>
        Gen.Select(
                Gen.OneOf(calls),
                Gen.Int[0, Keys - 1],
                flags,
                (call, key, flag) => new Step(call, key, Value: 0, call == MapCall.Update ? flag : 0, BpfMapAccess.ReadWrite, [])
            )
            .Array[1, 6]
            .Array[2, 4]
            .Select(Numbered);

    /// <summary>Gives every step its own value, which also identifies its key.</summary>
    private static Step[][] Numbered(Step[][] threads)
    {
        int number = 0;
        return [.. threads.Select(steps => steps.Select(step => step with { Value = (++number * Keys) + step.Key }).ToArray())];
    }

    private static void Check(Gen<Step[][]> programs, Func<Subject> create, int initial)
    {
        // Skips the test where the host cannot be used; inside the samples, a skip would count as a failure.
        _ = TestHost.Current;
        programs.Sample(
            threads =>
            {
                using Subject map = create();
                ObservedCall[] events = new History().Run(map, threads);
                foreach (IGrouping<int, ObservedCall> ofKey in events.GroupBy(each => each.Step.Key))
                {
                    ObservedCall[] settled = [.. ofKey.Where(each => !IsRecycled(each, ofKey))];
                    Assert.True(
                        Linearization.Exists(settled, initial),
                        $"No order explains the results of key {ofKey.Key}:\n{string.Join('\n', ofKey.OrderBy(each => each.Start))}"
                    );
                }
            },
            iter: s_histories,
            threads: 1,
            print: threads => string.Join(" || ", threads.Select(steps => string.Join("; ", steps.Select(step => step.ToString()))))
        );
    }

    /// <summary>
    /// The kernel reuses the element of a removed key for another key immediately, even while a lookup of the first key copies it. So a
    /// lookup that overlaps a write of its key may return the value of another key. Only this deviation is allowed.
    /// </summary>
    private static bool IsRecycled(ObservedCall read, IEnumerable<ObservedCall> ofKey) =>
        read.Step.Call == MapCall.Lookup
        && int.TryParse(read.Answer, out int value)
        && value >= Keys
        && value % Keys != read.Step.Key
        && ofKey.Any(write => write.Step.Call != MapCall.Lookup && write.Overlaps(read));

    /// <summary>A map with one-word values, which are never read half written.</summary>
    private sealed class WordSubject(RawMap map) : Subject
    {
        public override void Dispose() => map.Dispose();

        protected override string Try(Step step)
        {
            byte[] key = TestMaps.Bytes(step.Key),
                value = TestMaps.Bytes((long)step.Value);
            switch (step.Call)
            {
                case MapCall.Update:
                    return map.Update(key, value, (BpfUpdateFlags)step.Flags).ToString();
                case MapCall.Lookup:
                    return map.TryLookup(key, value) ? $"{BitConverter.ToInt64(value)}" : Answer.Miss;
                case MapCall.LookupAndDelete:
                    return map.TryLookupAndDelete(key, value) ? $"{BitConverter.ToInt64(value)}" : Answer.Miss;
                case MapCall.Delete:
                    return Found(map.Delete(key));
                default:
                    throw Unknown(step);
            }
        }
    }
}
