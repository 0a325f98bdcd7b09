using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What maps of maps do with their inner maps: a descriptor goes in, an id comes out.</summary>
/// <param name="outer">The map of maps.</param>
/// <param name="schema">What it was declared to be.</param>
/// <param name="open">Puts types on an inner map, after a check that it is the declared one.</param>
internal sealed class InnerMaps<TInner>(RawMap outer, BpfMapSchema schema, Func<RawMap, TInner> open)
    where TInner : BpfMap
{
    public BpfUpdateResult Update(ReadOnlySpan<byte> key, TInner inner, BpfUpdateFlags flags)
    {
        CheckHost(inner);
        using DescriptorBytes value = new(inner.Raw.Handle, stackalloc byte[sizeof(int)]);
        try
        {
            return outer.Update(key, value.Bytes, flags);
        }
        catch (BpfException problem) when (problem.Errno == Errno.EINVAL)
        {
            throw WrongShape(inner, problem);
        }
    }

    /// <summary>Writes many in order until one finds no room.</summary>
    /// <param name="keys">The keys, one after another.</param>
    /// <param name="inners">The inner maps, as many.</param>
    /// <param name="written">How many were written, also when an exception is thrown.</param>
    /// <returns><see langword="false"/> if the one at <paramref name="written"/> found no room.</returns>
    public bool UpdateRange(ReadOnlySpan<byte> keys, ReadOnlySpan<TInner> inners, out int written)
    {
        written = 0;
        int held = 0;
        using ScratchBuffer values = new(default, inners.Length * sizeof(int));
        Span<int> descriptors = MemoryMarshal.Cast<byte, int>(values.Bytes);
        try
        {
            for (; held < inners.Length; held++)
            {
                CheckHost(inners[held]);
                bool isHeld = false;
                inners[held].Raw.Handle.DangerousAddRef(ref isHeld);
                descriptors[held] = (int)inners[held].Raw.Handle.DangerousGetHandle();
            }
            return BatchWriter.Update(outer, keys, values.Bytes, out written);
        }
        catch (BpfException problem) when (problem.Errno == Errno.EINVAL)
        {
            throw WrongShape(inners[written], problem);
        }
        finally
        {
            while (held > 0)
                inners[--held].Raw.Handle.DangerousRelease();
        }
    }

    public bool TryGetId(ReadOnlySpan<byte> key, out uint id)
    {
        // Key and id may be one variable, so nothing is written to the id before the kernel has read the key.
        uint answer = 0;
        bool found = outer.TryLookup(key, MemoryMarshal.AsBytes(new Span<uint>(ref answer)));
        id = answer;
        return found;
    }

    public bool TryOpen(ReadOnlySpan<byte> key, [NotNullWhen(true)] out TInner? inner)
    {
        inner = null;
        uint gone = 0;
        while (TryGetId(key, out uint id))
        {
            RawMap raw;
            try
            {
                raw = RawMap.OpenById(id, host: outer.Host);
            }
            catch (BpfException problem) when (problem.Errno == Errno.ENOENT && id != gone)
            {
                gone = id; // It was replaced, and went, between the two calls.
                continue;
            }

            try
            {
                inner = open(raw);
                return true;
            }
            catch
            {
                raw.Dispose();
                throw;
            }
        }
        return false;
    }

    private void CheckHost(TInner inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (inner.Raw.Host != outer.Host)
            throw new ArgumentException($"The inner map {inner} belongs to another host than the map {outer}.", nameof(inner));
    }

    private BpfException WrongShape(TInner inner, BpfException problem)
    {
        List<string> differences = schema.Inner is { } declared ? SchemaValidation.InnerDifferences(declared, inner.Info, outer.Host.PossibleCpuCount) : [];
        string reason = differences.Count == 0
            ? "It is as declared, so the map of maps was created for other ones."
            : $"It is not as the inner map {schema.Inner} is declared: {string.Join("; ", differences)}.";
        return new BpfException(
            $"Map {inner} cannot be put into map {outer}: {problem.Command} answered {Errno.Describe(problem.Errno)}. The inner maps of a map have all one kind, key_size, value_size and flags, and arrays one max_entries. {reason}",
            problem.Errno,
            problem.Command,
            outer.Name,
            problem);
    }
}
