namespace BpfMaps.Tool.Entries;

/// <summary>A change of one entry.</summary>
/// <param name="Cpu">The only CPU whose value changes; <see langword="null"/> if there is none.</param>
/// <param name="AllCpus">Whether the values of all CPUs change alike.</param>
/// <param name="Flags">Whether the key must be new, or must exist.</param>
/// <param name="IsDryRun">Whether nothing is written.</param>
internal sealed record EntryChange(int? Cpu, bool AllCpus, BpfUpdateFlags Flags, bool IsDryRun)
{
    /// <summary>Writes the entry.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="KeyNotFoundException">The key must exist and does not, or must be new and exists.</exception>
    /// <exception cref="ArgumentException">The arguments do not suit the map.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public EntryOutcome Apply(EntryType type, EntryArguments arguments)
    {
        RawMap map = type.Map;
        if (!arguments.HasValue)
            throw new ArgumentException("there is no value to write; name at least one field of the value, or value=...");
        if (map.KeySize == 0)
            return Append(type, arguments);

        byte[]? old = EntryReader.TryRead(map, arguments.Key);
        byte[] changed = old is null ? new byte[map.ElementValueSize] : [.. old];
        Change(type, arguments, changed);
        if ((Flags, old) is (BpfUpdateFlags.NoExist, not null))
            throw new KeyNotFoundException(
                $"map {map} already has an entry with the key {type.KeyText(arguments.Key)}, and --only-new was given"
            );
        if ((Flags, old) is (BpfUpdateFlags.Exist, null))
            throw new KeyNotFoundException(
                $"map {map} has no entry with the key {type.KeyText(arguments.Key)}, and --only-existing was given"
            );
        if (!IsDryRun)
            Write(map, arguments.Key, changed);
        return new(type, arguments.Key, old, changed, IsDryRun);
    }

    private EntryOutcome Append(EntryType type, EntryArguments arguments)
    {
        byte[] value = new byte[type.Map.ValueSize];
        arguments.ApplyTo(value);
        if (!IsDryRun)
            Write(type.Map, [], value);
        return new(type, [], Old: null, value, IsDryRun);
    }

    private void Change(EntryType type, EntryArguments arguments, byte[] value)
    {
        RawMap map = type.Map;
        if (map.PerCpuValueSize == 0)
        {
            if (Cpu is not null || AllCpus)
                throw new ArgumentException($"map {map} is not per-CPU: --cpu and --all-cpus do not apply");
            arguments.ApplyTo(value);
            return;
        }

        ReadOnlySpan<int> possible = map.Host.PossibleCpus;
        if (arguments.Cpus.Count == 0 && Cpu is null && !AllCpus)
            throw new ArgumentException(
                $"map {map} has one value per CPU: say which with --cpu N ({possible[0]} to {possible[^1]}) or --all-cpus"
            );
        foreach (int cpu in arguments.Cpus.Concat(Cpu is { } only ? [only] : []))
        {
            if (!possible.Contains(cpu))
                throw new ArgumentException($"CPU {cpu} does not exist; the possible CPUs are {possible[0]} to {possible[^1]}");
        }
        for (int index = 0; index < possible.Length; index++)
        {
            byte[] one = value.AsSpan(index * map.PerCpuStride, map.ValueSize).ToArray();
            if (AllCpus || Cpu == possible[index])
                arguments.ApplyTo(one);
            if (arguments.Cpus.Contains(possible[index]))
                arguments.ApplyTo(one, possible[index]);
            one.CopyTo(value, index * map.PerCpuStride);
        }
    }

    private void Write(RawMap map, ReadOnlySpan<byte> key, byte[] value)
    {
        BpfUpdateResult result = map.PerCpuValueSize != 0 ? map.UpdatePerCpu(key, value, Flags) : map.Update(key, value, Flags);
        if (result == BpfUpdateResult.Full)
            throw new KeyNotFoundException(
                MapTypeFacts.Of(map.Info.Type).Keys == MapKeyRule.Index
                    ? $"map {map} has no such index; its indices are 0 to {map.Info.MaxEntries - 1}"
                    : $"map {map} is full: it has {map.Info.MaxEntries} entries"
            );
        if (result != BpfUpdateResult.Ok)
            throw new KeyNotFoundException($"map {map} was changed by others at the same time ({result}); nothing was written");
    }
}
