using System.Text;

namespace BpfMaps.Tests;

/// <summary>A raw map with a read-write, a read-only and a write-only descriptor.</summary>
internal sealed class RawSubject(RawMap map, ElementCodec codec) : Subject
{
    private readonly Dictionary<BpfMapAccess, RawMap> _doors = new() { [BpfMapAccess.ReadWrite] = map };
    private readonly byte[] _key = new byte[map.KeySize];
    private readonly byte[] _value = new byte[map.ElementValueSize];

    public override void Dispose()
    {
        foreach (RawMap door in _doors.Values)
            door.Dispose();
    }

    protected override string Try(Step step)
    {
        RawMap door = Door(step.Door);
        byte[] key = codec.Key(step.Key);
        switch (step.Call)
        {
            case MapCall.Update:
                return Update(door, key, codec.Value(step.Value), (BpfUpdateFlags)step.Flags).ToString();
            case MapCall.Lookup:
                return Lookup(door, key, step);
            case MapCall.LookupAndDelete:
                return LookupAndDelete(door, key, (BpfLookupFlags)step.Flags) ? codec.ValueText(_value) : Answer.Miss;
            case MapCall.Delete:
                return Found(door.Delete(key));
            case MapCall.NextKey:
                return $"{KeyAfter(door, [])}, then {KeyAfter(door, key)}";
            case MapCall.Walk:
                return Walk(door);
            case MapCall.UpdateBatch:
                byte[] values = [.. step.Keys.SelectMany((_, index) => codec.Value(step.ValueOf(index)))];
                return Counted(door.UpdateBatch(Keys(step), values, out int written, (BpfUpdateFlags)step.Flags), written);
            case MapCall.DeleteBatch:
                return $"{Found(door.DeleteBatch(Keys(step), out int removed))} {removed}";
            case MapCall.ReadAll:
                using (BpfBatchCursor all = door.LookupBatch(step.Chunk))
                    return Elements(all, mostChunks: int.MaxValue);
            case MapCall.Drain:
                using (BpfBatchCursor drain = door.LookupAndDeleteBatch(step.Chunk))
                    return Elements(drain, mostChunks: int.MaxValue);
            case MapCall.DrainChunk:
                using (BpfBatchCursor chunk = door.LookupAndDeleteBatch(step.Chunk))
                    return Elements(chunk, mostChunks: 1);
            case MapCall.Freeze:
                door.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }

    private static BpfUpdateResult Update(RawMap door, byte[] key, byte[] value, BpfUpdateFlags flags) =>
        door.PerCpuValueSize != 0 ? door.UpdatePerCpu(key, value, flags) : door.Update(key, value, flags);

    private string Lookup(RawMap door, byte[] key, Step step)
    {
        if (map.Type == BpfMapType.BloomFilter)
            codec.Value(step.Value).CopyTo(_value, 0); // A bloom filter is queried for the value.
        BpfLookupFlags flags = (BpfLookupFlags)step.Flags;
        bool isThere = door.PerCpuValueSize != 0 ? door.TryLookupPerCpu(key, _value, flags) : door.TryLookup(key, _value, flags);
        return isThere ? codec.ValueText(_value) : Answer.Miss;
    }

    private bool LookupAndDelete(RawMap door, byte[] key, BpfLookupFlags flags) =>
        door.PerCpuValueSize != 0 ? door.TryLookupAndDeletePerCpu(key, _value, flags) : door.TryLookupAndDelete(key, _value, flags);

    private string KeyAfter(RawMap door, ReadOnlySpan<byte> key) => door.TryGetNextKey(key, _key) ? codec.KeyText(_key) : Answer.Miss;

    private string Walk(RawMap door)
    {
        List<string> keys = [];
        ReadOnlySpan<byte> from = default;
        while (keys.Count <= map.MaxEntries && door.TryGetNextKey(from, _key))
        {
            keys.Add(codec.KeyText(_key));
            from = _key;
        }

        return List(keys);
    }

    private string Elements(BpfBatchCursor cursor, int mostChunks)
    {
        StringBuilder elements = new();
        for (int chunk = 0; chunk < mostChunks && cursor.MoveNext(); chunk++)
        {
            for (int index = 0; index < cursor.Count; index++)
                elements
                    .Append(codec.KeyText(cursor.GetKey(index)))
                    .Append('=')
                    .Append(codec.ValueText(cursor.GetValue(index)))
                    .Append(' ');
        }

        return elements.ToString().TrimEnd();
    }

    private byte[] Keys(Step step) => [.. step.Keys.SelectMany(codec.Key)];

    private RawMap Door(BpfMapAccess access)
    {
        if (!_doors.TryGetValue(access, out RawMap? door))
            _doors.Add(access, door = TestMaps.OpenById(map.Info.Id, access));
        return door;
    }
}
