using System.Linq.Expressions;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;
using BpfMaps.Queries.Translation;

namespace BpfMaps;

/// <summary>
/// Questions about all elements of a map, which programs answer inside the kernel (BPF_PROG_TYPE_SYSCALL with bpf_for_each_map_elem,
/// Linux 5.14).
/// </summary>
/// <typeparam name="TKey">The type of the keys; <see cref="int"/> for arrays.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <para>The program of a question is loaded when the question is asked for the first time; asking it again is one system call and
/// allocates nothing. Thread-safe: each question that runs at the same time has memory of its own.</para>
/// <para>Other processes and programs can modify the map while a question is answered. Elements that are added or removed during that
/// time may be missing in the answer, and values that change may be read in the middle of a change. In a preallocated hash, the memory of
/// a removed element can be reused for another key at once: elements behind it may then be missing, or be found twice.</para>
/// </remarks>
public class BpfQuery<TKey, TValue> : IDisposable
    where TKey : unmanaged
    where TValue : unmanaged
{
    private static readonly Question s_lookup = new(QuestionKind.Lookup, Always.True);

    private readonly Lock _gate = new();
    private readonly Stack<QueryRunner> _runners = [];
    private readonly BpfMap _map;
    private readonly BpfQueryExecution _execution;
    private readonly ElementShape _shape;
    private readonly PaddingFormat _keyFormat;
    private string? _userSpaceReason;
    private bool _isDisposed;

    internal BpfQuery(BpfMap map, BpfQueryExecution execution)
    {
        ArgumentNullException.ThrowIfNull(map);
        RawMap raw = map.Raw;
        if (raw.Access == BpfMapAccess.WriteOnly)
            throw NewDenied("Querying", "The descriptor is write-only: open the map for reading.", raw);
        BpfMapSchema schema = map.DeclaredSchema;
        _map = map;
        _execution = execution;
        _shape = new ElementShape(schema.Key, schema.Value);
        _keyFormat = new PaddingFormat(schema.Key ?? BpfTypeLayout.Of<uint>());
        Target = new QueryTarget
        {
            KeySize = raw.KeySize,
            ValueSize = raw.ValueSize,
            IsArray = raw.Type is BpfMapType.Array or BpfMapType.PerCpuArray,
            Cpus = raw.Type.IsPerCpu() ? raw.Host.PossibleCpus.ToArray() : [],
            Totals = schema.Totals ?? [],
            ValueOffset = ElementPairs.ValueOffset<TKey, TValue>(),
            Stride = QueryTarget.Align(Unsafe.SizeOf<KeyValuePair<TKey, TValue>>()),
        };
        Everything = new BpfQueryFilter<TKey, TValue>(this, Always.True, []);
        _userSpaceReason = WhyNotInKernel(schema);
        if (_userSpaceReason is not null && execution == BpfQueryExecution.KernelOnly)
            throw NewNotSupported(_userSpaceReason, raw);
    }

    /// <summary>Gets whether questions are answered in the kernel.</summary>
    public bool RunsInKernel => _userSpaceReason is null;

    /// <summary>Gets why questions are answered in this process instead; <see langword="null"/> if the kernel answers them.</summary>
    public string? UserSpaceReason => _userSpaceReason;

    /// <summary>Gets the facts about the map that programs depend on.</summary>
    internal QueryTarget Target { get; }

    /// <summary>The question about all elements.</summary>
    private protected BpfQueryFilter<TKey, TValue> Everything { get; }

    /// <summary>Copies the values of many keys, in one system call for up to 8192 keys and 1 MiB.</summary>
    /// <param name="keys">The keys. Keys may repeat.</param>
    /// <param name="values">Receives a value for each key; <see langword="default"/> for keys that do not exist.</param>
    /// <param name="present">Receives for each key whether it exists.</param>
    /// <returns>The number of keys that exist.</returns>
    /// <exception cref="ArgumentException">A span is shorter than <paramref name="keys"/>.</exception>
    /// <exception cref="ObjectDisposedException">The query or the map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_LOAD, BPF_PROG_TEST_RUN).</exception>
    public int GetValues(ReadOnlySpan<TKey> keys, Span<TValue> values, Span<bool> present)
    {
        ThrowIfShorter(values.Length, keys.Length, nameof(values));
        ThrowIfShorter(present.Length, keys.Length, nameof(present));
        values = values[..keys.Length];
        present = present[..keys.Length];
        ReadOnlySpan<byte> keyBytes = MemoryMarshal.AsBytes(keys);
        using ScratchBuffer clean = new(default, _keyFormat.HasPadding ? keyBytes.Length : 0);
        if (_keyFormat.HasPadding)
        {
            _keyFormat.CopyClean(keyBytes, clean.Bytes);
            keys = MemoryMarshal.Cast<byte, TKey>(clean.Bytes);
        }

        QueryRunner runner = Rent(s_lookup);
        try
        {
            return runner.Lookup(s_lookup, keys, values, present);
        }
        finally
        {
            Return(runner);
        }
    }

    /// <summary>Selects elements by a condition.</summary>
    /// <param name="predicate">
    /// The condition, over fields of key and value, constants, and captured variables: comparisons, arithmetic and bit operations on
    /// integers and enumerations, <see cref="Be16"/> to <see cref="Be64"/>, texts (<c>==</c>, <c>StartsWith</c>), <c>&amp;&amp;</c>,
    /// <c>||</c>, <c>!</c>. Captured variables are read now; queries with other values of them share a program.
    /// </param>
    /// <returns>The selected elements, which each question looks for again.</returns>
    /// <exception cref="ArgumentException">A part of the condition, which the message shows, cannot be translated.</exception>
    /// <exception cref="DivideByZeroException">The condition divides by a variable that is 0.</exception>
    public BpfQueryFilter<TKey, TValue> Where(Expression<Func<KeyValuePair<TKey, TValue>, bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Translator translator = new(predicate.Parameters[0], _shape);
        Predicate condition = translator.TranslateCondition(predicate.Body);
        return new BpfQueryFilter<TKey, TValue>(this, condition, translator.Parameters);
    }

    /// <summary>Counts the elements.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Count"/>
    public long Count() => Everything.Count();

    /// <summary>Adds a number of all elements.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Sum(Expression{Func{KeyValuePair{TKey, TValue}, long}})"/>
    public long Sum(Expression<Func<KeyValuePair<TKey, TValue>, long>> selector) => Everything.Sum(selector);

    /// <summary>Adds a number of all elements.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Sum(Expression{Func{KeyValuePair{TKey, TValue}, ulong}})"/>
    public ulong Sum(Expression<Func<KeyValuePair<TKey, TValue>, ulong>> selector) => Everything.Sum(selector);

    /// <summary>Finds the smallest number of all elements.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Min{TNumber}"/>
    public TNumber Min<TNumber>(Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber> => Everything.Min(selector);

    /// <summary>Finds the largest number of all elements.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Max{TNumber}"/>
    public TNumber Max<TNumber>(Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber> => Everything.Max(selector);

    /// <summary>Gets the elements with the largest numbers.</summary>
    /// <inheritdoc cref="BpfQueryFilter{TKey, TValue}.Top{TNumber}"/>
    public KeyValuePair<TKey, TValue>[] Top<TNumber>(int count, Expression<Func<KeyValuePair<TKey, TValue>, TNumber>> selector)
        where TNumber : unmanaged, IBinaryInteger<TNumber> => Everything.Top(count, selector);

    /// <summary>
    /// Unloads the programs and releases their memory. Questions and enumerations that run at the same time end normally.
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unloads the programs and releases their memory.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller. There is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isDisposed = true;
            while (_runners.TryPop(out QueryRunner? runner))
                runner.Dispose();
        }
    }

    /// <summary>Translates the selector of a question, whose parameters follow those of the condition.</summary>
    internal (Question Question, ulong[] Parameters) WithSelector(
        QuestionKind kind,
        BpfQueryFilter<TKey, TValue> filter,
        LambdaExpression selector
    )
    {
        ArgumentNullException.ThrowIfNull(selector);
        Translator translator = new(selector.Parameters[0], _shape, filter.Parameters);
        Number number = translator.TranslateNumber(selector.Body);
        return (new Question(kind, filter.Condition, number), translator.Parameters);
    }

    /// <summary>Gets a runner for a question, which must be returned.</summary>
    internal QueryRunner Rent(Question question)
    {
        QueryRunner? runner;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _runners.TryPop(out runner);
        }

        if (_userSpaceReason is not null)
            return runner ?? new UserSpaceRunner(_map, Target);
        try
        {
            runner ??= new KernelRunner(_map.Raw, Target);
            runner.Prepare(question);
            return runner;
        }
        catch (BpfException problem) when (_execution == BpfQueryExecution.Automatic && IsRefusal(problem))
        {
            runner?.Dispose();
            return FallBack(problem);
        }
        catch
        {
            runner?.Dispose();
            throw;
        }
    }

    /// <summary>Takes a runner back.</summary>
    internal void Return(QueryRunner runner)
    {
        runner.End();
        lock (_gate)
        {
            // A runner from before the change to this process is no longer useful.
            if (!_isDisposed && runner is KernelRunner == RunsInKernel)
                _runners.Push(runner);
            else
                runner.Dispose();
        }
    }

    /// <summary>Throws if elements cannot be removed from the map.</summary>
    internal void ThrowIfNotRemovable()
    {
        if (Target.IsArray)
            throw new NotSupportedException($"Map {_map} is an array, whose elements cannot be removed.");
        if (_map.Raw.Access == BpfMapAccess.ReadOnly)
            throw NewDenied("Removing elements of", "The descriptor is read-only: open the map for writing.", _map.Raw);
    }

    /// <summary>Changes to this process, because the kernel does not accept the program of a question.</summary>
    private UserSpaceRunner FallBack(BpfException problem)
    {
        lock (_gate)
        {
            _userSpaceReason ??= QuerySupport.Explain(problem);
            while (_runners.TryPop(out QueryRunner? other))
                other.Dispose();
        }
        return new UserSpaceRunner(_map, Target);
    }

    private string? WhyNotInKernel(BpfMapSchema schema) =>
        _execution == BpfQueryExecution.UserSpaceOnly
            ? "The query was created for this process."
            : QuerySupport.WhyNot(_map.Raw.Host) ?? QuerySupport.WhyNot(schema, Target, schema.Totals is not null);

    /// <summary>Returns whether the kernel does not accept the program, or does not let this process have it and its memory.</summary>
    private static bool IsRefusal(BpfException problem) =>
        problem.Command is "BPF_PROG_LOAD" or "BPF_BTF_LOAD" || (problem is BpfPermissionException && problem.Command == "BPF_MAP_CREATE");

    private static BpfNotSupportedException NewNotSupported(string reason, RawMap raw) =>
        new($"Queries of map {raw} cannot run in the kernel: {reason}", Errno.ENOTSUPP, BpfCommand.ProgLoad.Name(), raw.Name);

    private static BpfPermissionException NewDenied(string what, string advice, RawMap raw) =>
        new($"{what} map {raw} was denied. {advice}", Errno.EPERM, BpfCommand.ProgTestRun.Name(), raw.Name);

    private static void ThrowIfShorter(int length, int needed, string parameter)
    {
        if (length < needed)
            throw new ArgumentException($"There are {needed} keys, but the span has space for {length}.", parameter);
    }
}
