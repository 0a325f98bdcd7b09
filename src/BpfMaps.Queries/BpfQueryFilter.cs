using System.Linq.Expressions;
using System.Numerics;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;

namespace BpfMaps;

/// <summary>The elements of a map that fulfill a condition. Each question reads the map again.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Keep this object to ask the same question again without allocations. See <see cref="BpfQuery{TKey, TValue}"/> for what happens if the
/// map is modified during a question.
/// </remarks>
/// <exception cref="ObjectDisposedException">The query or the map is disposed.</exception>
public sealed class BpfQueryFilter<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly BpfQuery<TKey, TValue> _query;
    private readonly Question _count;
    private readonly Question _any;
    private readonly Question _first;
    private readonly Question _collect;
    private readonly Question _remove;

    internal BpfQueryFilter(BpfQuery<TKey, TValue> query, Predicate condition, ulong[] parameters)
    {
        _query = query;
        Condition = condition;
        Parameters = parameters;
        _count = new(QuestionKind.Count, condition);
        _any = new(QuestionKind.Any, condition);
        _first = new(QuestionKind.First, condition);
        _collect = new(QuestionKind.Collect, condition);
        _remove = new(QuestionKind.Remove, condition);
    }

    internal Predicate Condition { get; }

    internal ulong[] Parameters { get; }

    /// <summary>Counts the elements.</summary>
    /// <returns>The number of elements.</returns>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public long Count() => Ask(_count, Parameters).Count;

    /// <summary>Returns whether there is an element. Stops at the first one.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public bool Any() => Ask(_any, Parameters).Count != 0;

    /// <summary>Gets an element: of an array, that with the lowest index; of a hash, any. Stops there.</summary>
    /// <returns>A copy of the element.</returns>
    /// <exception cref="InvalidOperationException">There is no element.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public KeyValuePair<TKey, TValue> First() =>
        TryGetFirst(out KeyValuePair<TKey, TValue> element)
            ? element
            : throw new InvalidOperationException("No element fulfills the condition.");

    /// <summary>Gets an element if there is one: of an array, that with the lowest index; of a hash, any. Stops there.</summary>
    /// <param name="element">A copy of the element; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if there is none.</returns>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public bool TryGetFirst(out KeyValuePair<TKey, TValue> element)
    {
        using BpfQueryEnumerator<TKey, TValue> elements = Start(_first);
        bool isFound = elements.MoveNext();
        element = isFound ? elements.Current : default;
        return isFound;
    }

    /// <summary>
    /// Enumerates the elements in the memory where the kernel wrote them: of an array, in the order of their indices; of a hash, in any.
    /// </summary>
    /// <returns>The enumerator.</returns>
    /// <remarks>
    /// Up to 64 MiB of elements are found in one run over the map. More are found in several runs, each of which finds the elements whose
    /// keys have certain hashes (of an array, the indices after the last one). An element that exists during the whole enumeration is
    /// returned exactly once; one that is added, removed, or changed so that it fulfills the condition or no longer does, may be missing.
    /// </remarks>
    public BpfQueryEnumerator<TKey, TValue> GetEnumerator() => Start(_collect);

    /// <summary>Copies the elements into an array.</summary>
    /// <returns>The elements; of an array, in the order of their indices.</returns>
    /// <remarks>.NET has no arrays of elements of more than 65,535 bytes; enumerate such elements.</remarks>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        List<KeyValuePair<TKey, TValue>> elements = [];
        foreach (ref readonly KeyValuePair<TKey, TValue> element in this)
            elements.Add(element);
        return [.. elements];
    }

    /// <summary>Removes the elements in the kernel, each directly after its condition was tested there.</summary>
    /// <returns>The number of removed elements.</returns>
    /// <exception cref="NotSupportedException">The map is an array, whose elements cannot be removed.</exception>
    /// <exception cref="BpfPermissionException">The descriptor of the map is read-only.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public long Remove()
    {
        _query.ThrowIfNotRemovable();
        return Ask(_remove, Parameters).Count;
    }

    /// <summary>Adds a number of each element.</summary>
    /// <param name="selector">The number, an expression as in <see cref="BpfQuery{TKey, TValue}.Where"/>.</param>
    /// <returns>The sum; 0 if there are no elements.</returns>
    /// <exception cref="ArgumentException">A part of the expression, which the message shows, cannot be translated.</exception>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public long Sum(Expression<Func<KeyValuePair<TKey, TValue>, long>> selector) =>
        checked((long)Ask(_query.WithSelector(QuestionKind.Sum, this, selector)).Sum);

    /// <summary>Adds a number of each element.</summary>
    /// <inheritdoc cref="Sum(Expression{Func{KeyValuePair{TKey, TValue}, long}})"/>
    public ulong Sum(Expression<Func<KeyValuePair<TKey, TValue>, ulong>> selector) =>
        checked((ulong)Ask(_query.WithSelector(QuestionKind.Sum, this, selector)).Sum);

    /// <summary>Finds the smallest number.</summary>
    /// <typeparam name="TNumber">The type of the number.</typeparam>
    /// <param name="selector">The number, an expression as in <see cref="BpfQuery{TKey, TValue}.Where"/>.</param>
    /// <returns>The smallest number.</returns>
    /// <exception cref="ArgumentException">A part of the expression, which the message shows, cannot be translated.</exception>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public TNumber Min<TNumber>(Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber> => Extreme<TNumber>(QuestionKind.Min, selector);

    /// <summary>Finds the largest number.</summary>
    /// <returns>The largest number.</returns>
    /// <inheritdoc cref="Min{TNumber}"/>
    public TNumber Max<TNumber>(Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber> => Extreme<TNumber>(QuestionKind.Max, selector);

    /// <summary>Gets the elements with the largest numbers.</summary>
    /// <typeparam name="TNumber">The type of the number.</typeparam>
    /// <param name="count">The largest number of elements to return.</param>
    /// <param name="selector">The number, an expression as in <see cref="BpfQuery{TKey, TValue}.Where"/>.</param>
    /// <returns>The elements, those with the largest numbers first. Which of several elements with equal numbers is unspecified.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ArgumentException">A part of the expression, which the message shows, cannot be translated.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public KeyValuePair<TKey, TValue>[] Top<TNumber>(int count, Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (Question question, ulong[] parameters) = _query.WithSelector(QuestionKind.Top, this, selector);
        if (count == 0)
            return [];
        QueryRunner runner = _query.Rent(question);
        try
        {
            RankedElement[] ranks = runner.Top(question, parameters, count);
            Array.Sort(ranks, static (left, right) => right.Number.CompareTo(left.Number));
            return [.. ranks.Select(rank => ElementPairs.At<TKey, TValue>(runner, (int)rank.Index))];
        }
        finally
        {
            _query.Return(runner);
        }
    }

    private TNumber Extreme<TNumber>(QuestionKind kind, LambdaExpression selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        Answer answer = Ask(_query.WithSelector(kind, this, selector));
        return answer.Count != 0
            ? TNumber.CreateTruncating(answer.Low)
            : throw new InvalidOperationException("No element fulfills the condition, so there is no smallest or largest number.");
    }

    private Answer Ask((Question Question, ulong[] Parameters) asked) => Ask(asked.Question, asked.Parameters);

    private Answer Ask(Question question, ulong[] parameters)
    {
        QueryRunner runner = _query.Rent(question);
        try
        {
            return runner.Ask(question, parameters);
        }
        finally
        {
            _query.Return(runner);
        }
    }

    private BpfQueryEnumerator<TKey, TValue> Start(Question question)
    {
        QueryRunner runner = _query.Rent(question);
        runner.Begin(question, Parameters);
        return new BpfQueryEnumerator<TKey, TValue>(_query, runner);
    }
}
