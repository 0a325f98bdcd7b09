using System.Diagnostics;
using System.Runtime.InteropServices;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Running;

/// <summary>Answers questions in this process, over batches of elements.</summary>
internal sealed class UserSpaceRunner(BpfMap map, QueryTarget target) : QueryRunner
{
    private const int SmallestBuffer = 256;

    private readonly RawMap _raw = map.Raw;
    private readonly byte[] _total = new byte[target.IsPerCpu ? target.ValueSize : 0];
    private byte[] _found = new byte[SmallestBuffer];
    private Question? _question;
    private ulong[] _parameters = [];
    private BpfBatchCursor? _cursor;

    public override int Stride => target.Stride;

    public override ref byte First => ref MemoryMarshal.GetArrayDataReference(_found);

    public override void Prepare(Question question) { }

    public override Answer Ask(Question question, ReadOnlySpan<ulong> parameters)
    {
        Answer answer = default;
        using BpfBatchCursor cursor = TypedCursor.Over(_raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
            {
                Row row = new(cursor.GetKey(index), ValueOf(cursor.GetValue(index)), parameters);
                if (!question.Condition.Evaluate(in row))
                    continue;
                if (question.Kind == QuestionKind.Remove && !_raw.Delete(cursor.GetKey(index)))
                    continue;
                answer = Add(question, answer, in row);
                if (question.Kind == QuestionKind.Any)
                    return answer;
            }
        }
        return answer;
    }

    public override void Begin(Question question, ulong[] parameters)
    {
        _question = question;
        _parameters = parameters;
        _cursor = TypedCursor.Over(_raw, BpfBatchMode.Lookup);
        Count = 0;
    }

    public override bool MoveNext()
    {
        Count = 0;
        while (Count == 0 && _cursor!.MoveNext())
        {
            for (int index = 0; index < _cursor.Count; index++)
            {
                ReadOnlySpan<byte> value = ValueOf(_cursor.GetValue(index));
                Row row = new(_cursor.GetKey(index), value, _parameters);
                if (!_question!.Condition.Evaluate(in row))
                    continue;
                Store(Count++, _cursor.GetKey(index), value);
                if (_question.Kind == QuestionKind.First)
                    break;
            }
        }
        return Count != 0;
    }

    public override RankedElement[] Top(Question question, ReadOnlySpan<ulong> parameters, int count)
    {
        PriorityQueue<RankedElement, ulong> smallestFirst = new();
        using BpfBatchCursor cursor = TypedCursor.Over(_raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
            {
                ReadOnlySpan<byte> value = ValueOf(cursor.GetValue(index));
                Row row = new(cursor.GetKey(index), value, parameters);
                if (!question.Condition.Evaluate(in row))
                    continue;
                ulong number = question.Selector!.Evaluate(in row) ^ (question.Selector.Type.IsSigned ? 1UL << 63 : 0);
                int place = smallestFirst.Count;
                if (place == count)
                {
                    if (number <= smallestFirst.Peek().Number)
                        continue;
                    place = (int)smallestFirst.Dequeue().Index;
                }
                Store(place, cursor.GetKey(index), value);
                smallestFirst.Enqueue(new RankedElement(number, (ulong)place), number);
            }
        }

        Count = smallestFirst.Count;
        return [.. smallestFirst.UnorderedItems.Select(static item => item.Element)];
    }

    public override int Lookup<TKey, TValue>(Question question, ReadOnlySpan<TKey> keys, Span<TValue> values, Span<bool> present)
    {
        byte[] all = new byte[target.IsPerCpu ? _raw.PerCpuValueSize : 0];
        int found = 0;
        for (int index = 0; index < present.Length; index++)
        {
            ReadOnlySpan<byte> key = MemoryMarshal.AsBytes(keys.Slice(index, 1));
            Span<byte> value = MemoryMarshal.AsBytes(values.Slice(index, 1));
            present[index] = target.IsPerCpu ? _raw.TryLookupPerCpu(key, all) : _raw.TryLookup(key, value);
            if (!present[index])
            {
                value.Clear();
                continue;
            }
            found++;
            if (target.IsPerCpu)
                map.Total(all, value);
        }
        return found;
    }

    public override void End()
    {
        Count = 0;
        _cursor?.Dispose();
        _cursor = null;
    }

    public override void Dispose() => End();

    private static Answer Add(Question question, Answer answer, in Row row)
    {
        long count = answer.Count + 1;
        if (question.Selector is not { } selector)
            return new Answer(count);

        ulong number = selector.Evaluate(in row);
        bool isSigned = selector.Type.IsSigned;
        if (question.Kind == QuestionKind.Sum)
        {
            Int128 sum = unchecked(answer.Sum + (isSigned ? (Int128)(long)number : (Int128)number));
            return new Answer(count, (ulong)sum, (ulong)(sum >>> 64));
        }

        int order = isSigned ? ((long)number).CompareTo((long)answer.Low) : number.CompareTo(answer.Low);
        bool isBetter = question.Kind switch
        {
            QuestionKind.Min => order < 0,
            QuestionKind.Max => order > 0,
            _ => throw new UnreachableException(),
        };
        return answer.Count == 0 || isBetter ? new Answer(count, number) : answer with { Count = count };
    }

    private ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> element)
    {
        if (!target.IsPerCpu)
            return element;
        map.Total(element, _total);
        return _total;
    }

    private void Store(int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int start = index * Stride;
        if (_found.Length < start + Stride)
            Array.Resize(ref _found, Math.Max(start + Stride, _found.Length * 2));
        key.CopyTo(_found.AsSpan(start));
        value.CopyTo(_found.AsSpan(start + target.ValueOffset));
    }
}
