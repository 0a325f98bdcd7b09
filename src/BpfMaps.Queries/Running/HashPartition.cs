namespace BpfMaps.Queries.Running;

/// <summary>
/// Divides all elements into parts by the lowest bits of a hash of their keys. If the elements of a part do not fit, it is divided
/// further.
/// </summary>
internal struct HashPartition
{
    /// <summary>Parts smaller than this one do not become smaller by dividing them: their keys have equal hashes.</summary>
    private const int MostBits = 32;

    private int _bits;

    public readonly ulong Mask => (1UL << _bits) - 1;

    public ulong Value { get; private set; }

    public readonly bool CanDivide => _bits < MostBits;

    /// <summary>Divides this part, and continues with the first of the new parts.</summary>
    /// <param name="found">The number of elements in this part.</param>
    /// <param name="capacity">The number of elements that fit.</param>
    public void Divide(long found, int capacity)
    {
        do _bits++;
        while (_bits < MostBits && (found >>= 1) > capacity - (capacity / 16));
    }

    /// <summary>Continues with the next part.</summary>
    /// <returns><see langword="false"/> after the last part.</returns>
    public bool MoveNext()
    {
        for (; _bits > 0; _bits--)
        {
            ulong last = 1UL << (_bits - 1);
            if ((Value & last) == 0)
            {
                Value |= last;
                return true;
            }
            Value &= ~last;
        }
        return false;
    }
}
