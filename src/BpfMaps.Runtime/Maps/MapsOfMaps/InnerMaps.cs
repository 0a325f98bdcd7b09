using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>The operations of maps of maps on their inner maps, which are set by descriptor and read by id.</summary>
/// <param name="outer">The map of maps.</param>
/// <param name="schema">The declaration of the map.</param>
/// <param name="open">Creates the typed inner map and compares it with its declaration.</param>
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

    /// <summary>Writes inner maps in order until the map is full.</summary>
    /// <param name="keys">The keys, without gaps.</param>
    /// <param name="inners">One inner map per key.</param>
    /// <param name="written">The number of elements written, even if an exception is thrown.</param>
    /// <returns><see langword="false"/> if the map was full at the element with the index <paramref name="written"/>.</returns>
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

    public bool TryGetId(ReadOnlySpan<byte> key, out uint id) => outer.TryRead(key, out id);

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
                gone = id; // It was replaced and removed between the two calls.
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
            throw new ArgumentException($"The inner map {inner} belongs to another host than map {outer}.", nameof(inner));
    }

    private BpfException WrongShape(TInner inner, BpfException problem)
    {
        List<string> differences = schema.Inner is { } declared
            ? SchemaValidation.InnerDifferences(declared, inner.Info, outer.Host.PossibleCpuCount)
            : [];
        string reason =
            differences.Count == 0
                ? "It matches the declaration, so the map of maps was created with another template."
                : $"It does not match the declaration of the inner maps {schema.Inner}: {string.Join("; ", differences)}.";
        return new BpfException(
            $"Adding map {inner} to map {outer} failed: {problem.Command} returned {Errno.Describe(problem.Errno)}. All inner maps have the same type, key_size, value_size and flags, and arrays the same max_entries. {reason}",
            problem.Errno,
            problem.Command,
            outer.Name,
            problem
        );
    }
}
