using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Random sequences of operations answer on a typed map what they answer on a plain model of it, step by step.</summary>
public sealed class RandomOperationsTests
{
    private const int Capacity = 12;

    // More keys than there is room for, so that maps get full; few enough that keys meet again.
    private static readonly Gen<Step[]> s_steps = Gen.Select(
        Gen.Enum<Operation>(), Gen.UInt[0, 15], Gen.ULong[0, 100], Gen.UInt[0, 15].Array[0, 6], (operation, key, value, keys) => new Step(operation, key, value, keys)).Array[1, 40];

    private enum Operation
    {
        Update,
        TryAdd,
        TryUpdate,
        Remove,
        TryRemove,
        TryGetValue,
        TrySetRange,
        RemoveRange,
        Drain,
    }

    [Fact]
    public void AHash_AnswersLikeADictionaryOfLimitedSize()
        => s_steps.Sample(
            steps =>
            {
                using CountersMap map = CountersMap.Create(Capacity);
                Dictionary<uint, ulong> model = [];
                foreach (Step step in steps)
                    Assert.Equal(OnModel(model, step), OnMap(map, step));
                Assert.Equal(model.Count, map.Count());
                Assert.Equal(model.OrderBy(element => element.Key), map.OrderBy(element => element.Key));
            },
            iter: 500);

    [Fact]
    public void AQueue_AnswersLikeAQueueOfLimitedSize()
        => Gen.Select(Gen.Int[0, 3], Gen.ULong[0, 100]).Array[1, 40].Sample(
            steps =>
            {
                using JobsMap map = JobsMap.Create();
                Queue<ulong> model = [];
                foreach ((int operation, ulong value) in steps)
                {
                    if (operation == 0)
                    {
                        Assert.Equal(model.TryDequeue(out ulong expected), map.TryPop(out FlowStats popped));
                        Assert.Equal(expected, popped.Packets);
                    }
                    else if (operation == 1 || model.Count < 3)
                    {
                        Assert.Equal(model.Count < 3, map.TryPush(new() { Packets = value }));
                        if (model.Count < 3)
                            model.Enqueue(value);
                    }
                    else
                    {
                        map.PushDroppingOldest(new() { Packets = value });
                        model.Dequeue();
                        model.Enqueue(value);
                    }
                    Assert.Equal(model.TryPeek(out ulong next), map.TryPeek(out FlowStats peeked));
                    Assert.Equal(next, peeked.Packets);
                }
            },
            iter: 300);

    private static string OnMap(CountersMap map, Step step)
    {
        switch (step.Operation)
        {
            case Operation.Update:
                return map.Update(step.Key, step.Value, BpfUpdateFlags.Any).ToString();
            case Operation.TryAdd:
                return map.Update(step.Key, step.Value, BpfUpdateFlags.NoExist).ToString();
            case Operation.TryUpdate:
                return map.TryUpdate(step.Key, step.Value).ToString();
            case Operation.Remove:
                return map.Remove(step.Key).ToString();
            case Operation.TryRemove:
                return $"{map.TryRemove(step.Key, out ulong removed)} {removed}";
            case Operation.TryGetValue:
                return $"{map.TryGetValue(step.Key, out ulong found)} {found} {map.ContainsKey(step.Key)}";
            case Operation.TrySetRange:
                return $"{map.TrySetRange(step.Keys, [.. step.Keys.Select(_ => step.Value)], out int written)} {written}";
            case Operation.RemoveRange:
                return map.RemoveRange(step.Keys).ToString();
            default:
                return string.Join(", ", map.Drain().OrderBy(element => element.Key));
        }
    }

    private static string OnModel(Dictionary<uint, ulong> model, Step step)
    {
        bool isThere = model.TryGetValue(step.Key, out ulong value);
        switch (step.Operation)
        {
            case Operation.Update:
                return Put(model, step.Key, step.Value).ToString();
            case Operation.TryAdd:
                return (isThere ? BpfUpdateResult.AlreadyExists : Put(model, step.Key, step.Value)).ToString();
            case Operation.TryUpdate:
                return (isThere && Put(model, step.Key, step.Value) == BpfUpdateResult.Ok).ToString();
            case Operation.Remove:
                return model.Remove(step.Key).ToString();
            case Operation.TryRemove:
                return $"{model.Remove(step.Key)} {value}";
            case Operation.TryGetValue:
                return $"{isThere} {value} {isThere}";
            case Operation.TrySetRange:
                int written = step.Keys.TakeWhile(key => Put(model, key, step.Value) == BpfUpdateResult.Ok).Count();
                return $"{written == step.Keys.Length} {written}";
            case Operation.RemoveRange:
                return step.Keys.Count(key => model.Remove(key)).ToString();
            default:
                string drained = string.Join(", ", model.OrderBy(element => element.Key));
                model.Clear();
                return drained;
        }
    }

    private static BpfUpdateResult Put(Dictionary<uint, ulong> model, uint key, ulong value)
    {
        if (model.Count == Capacity && !model.ContainsKey(key))
            return BpfUpdateResult.Full;
        model[key] = value;
        return BpfUpdateResult.Ok;
    }

    private sealed record Step(Operation Operation, uint Key, ulong Value, uint[] Keys)
    {
        public override string ToString() => $"{Operation}({Key}, {Value}, [{string.Join(", ", Keys)}])";
    }
}
