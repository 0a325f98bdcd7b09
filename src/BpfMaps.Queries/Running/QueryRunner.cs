using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Running;

/// <summary>Answers questions about a map, one at a time. A query keeps its runners for later questions.</summary>
internal abstract class QueryRunner : IDisposable
{
    /// <summary>Gets the number of found elements that are available at <see cref="First"/>.</summary>
    public int Count { get; protected set; }

    /// <summary>Gets the distance between found elements in bytes.</summary>
    public abstract int Stride { get; }

    /// <summary>Gets the first byte of the first found element.</summary>
    public abstract ref byte First { get; }

    /// <summary>Makes a question possible, which loads its program if it runs in the kernel.</summary>
    public abstract void Prepare(Question question);

    /// <summary>Answers a question about all elements.</summary>
    public abstract Answer Ask(Question question, ReadOnlySpan<ulong> parameters);

    /// <summary>Starts to collect elements.</summary>
    /// <param name="question">The question.</param>
    /// <param name="parameters">The captured variables; they must not change before the end.</param>
    public abstract void Begin(Question question, ulong[] parameters);

    /// <summary>Makes the next elements available, at least one.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    public abstract bool MoveNext();

    /// <summary>Finds the elements with the largest numbers and makes them available.</summary>
    /// <returns>The numbers, in an order that is that of unsigned numbers, with the indices of the elements; not sorted.</returns>
    public abstract RankedElement[] Top(Question question, ReadOnlySpan<ulong> parameters, int count);

    /// <summary>Looks up keys.</summary>
    /// <param name="question">The question, which is the same for all keys.</param>
    /// <param name="keys">The keys, with zeroed padding.</param>
    /// <param name="values">Receives the values; those of missing keys are zeroed.</param>
    /// <param name="present">Receives which keys exist.</param>
    /// <returns>The number of keys that exist.</returns>
    public abstract int Lookup<TKey, TValue>(Question question, ReadOnlySpan<TKey> keys, Span<TValue> values, Span<bool> present)
        where TKey : unmanaged
        where TValue : unmanaged;

    /// <summary>Ends a question, so that the runner can be used for the next one.</summary>
    public abstract void End();

    public abstract void Dispose();
}
