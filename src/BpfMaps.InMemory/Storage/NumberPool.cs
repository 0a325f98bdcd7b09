namespace BpfMaps.InMemory;

/// <summary>Allocates element indexes, starting at 0. The index that was released last is reused first.</summary>
internal sealed class NumberPool
{
    private int[] _returned = [];
    private int _returnedCount;
    private int _next;

    public int Take() => _returnedCount != 0 ? _returned[--_returnedCount] : _next++;

    public void Return(int number)
    {
        if (_returnedCount == _returned.Length)
            Array.Resize(ref _returned, Math.Max(16, 2 * _returnedCount));
        _returned[_returnedCount++] = number;
    }
}
