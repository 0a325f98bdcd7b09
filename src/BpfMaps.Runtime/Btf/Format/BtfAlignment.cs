namespace BpfMaps.Metadata;

/// <summary>
/// Computes the alignment of a struct, which BTF does not contain: that of its most aligned field, unless offsets or size show that it is
/// packed.
/// </summary>
internal struct BtfAlignment(int size)
{
    private int _natural = 1;
    private int _limit = int.MaxValue;

    public readonly int Value
    {
        get
        {
            int value = Math.Min(_natural, _limit);
            while (size % value != 0)
                value /= 2;
            return value;
        }
    }

    public void Add(BpfFieldLayout field)
    {
        if (field.BitSize == 0)
            Add(field.Type.Alignment, field.Offset);
        else
            _natural = Math.Max(_natural, field.Type.Alignment);
    }

    /// <summary>Adds a member without bytes (<c>__u64 align[0]</c>), which also determines the alignment in C.</summary>
    public void AddMarker(int alignment, long bitOffset) => Add(alignment, (int)(bitOffset / 8));

    private void Add(int alignment, int offset)
    {
        _natural = Math.Max(_natural, alignment);
        if (offset % alignment != 0)
            _limit = Math.Min(_limit, offset & -offset);
    }
}
