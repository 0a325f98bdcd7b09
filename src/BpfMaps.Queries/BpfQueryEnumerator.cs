using BpfMaps.Queries.Running;

namespace BpfMaps;

/// <summary>Enumerates the elements that a query found, in the memory where the kernel wrote them.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public ref struct BpfQueryEnumerator<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly BpfQuery<TKey, TValue> _query;
    private QueryRunner? _runner;
    private int _index;

    internal BpfQueryEnumerator(BpfQuery<TKey, TValue> query, QueryRunner runner)
    {
        _query = query;
        _runner = runner;
        _index = -1;
    }

    /// <summary>Gets the current element, in place. It is valid until the next step.</summary>
    public readonly ref readonly KeyValuePair<TKey, TValue> Current
    {
        get
        {
            ObjectDisposedException.ThrowIf(_runner is null, typeof(BpfQueryEnumerator<TKey, TValue>));
            return ref ElementPairs.At<TKey, TValue>(_runner, _index);
        }
    }

    /// <summary>Advances to the next element.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="ObjectDisposedException">The enumerator or the map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error (BPF_PROG_TEST_RUN), which ends the enumeration.</exception>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_runner is null, typeof(BpfQueryEnumerator<TKey, TValue>));
        if (++_index < _runner.Count)
            return true;
        _index = 0;
        return _runner.MoveNext();
    }

    /// <summary>Ends the enumeration; its memory serves the next question.</summary>
    public void Dispose()
    {
        if (_runner is not null)
            _query.Return(_runner);
        _runner = null;
    }
}
