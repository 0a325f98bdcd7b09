namespace BpfMaps;

/// <summary>Finds the alignment of a struct, which BTF does not tell: its most aligned field's, unless offsets or size show that it is packed.</summary>
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
        int alignment = field.Type.Alignment;
        _natural = Math.Max(_natural, alignment);
        if (field.BitSize == 0 && field.Offset % alignment != 0)
            _limit = Math.Min(_limit, field.Offset & -field.Offset);
    }
}
