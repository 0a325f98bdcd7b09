using BpfMaps.Generators.Layouts;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Finds the units of bitfields: the aligned number of the declared type, without the bytes of other fields.</summary>
internal sealed class BitfieldUnits
{
    private readonly LayoutType _container;
    private readonly Func<LayoutTypeUse, int> _sizeOf;
    private readonly int[] _starts;
    private readonly int[] _ends;

    public BitfieldUnits(LayoutType container, Func<LayoutTypeUse, int> sizeOf)
    {
        _container = container;
        _sizeOf = sizeOf;

        // All members of a union begin at its start, so none is next to another.
        IEnumerable<LayoutField> fields = container.Kind == BpfTypeKind.Union ? [] : container.Fields.Where(static f => f.BitSize == 0);
        (int Start, int End)[] others =
        [
            .. fields.Select(f => (f.Offset, f.Offset + sizeOf(f.Type))).Where(static f => f.Item2 > f.Offset),
        ];
        _starts = [.. others.Select(static f => f.Start).OrderBy(static n => n)];
        _ends = [.. others.Select(static f => f.End).OrderBy(static n => n)];
    }

    /// <summary>Gets the bytes that the setter of a bitfield may read and write, from the start of its struct.</summary>
    public (int Start, int End) Of(LayoutField field)
    {
        int start = field.Offset,
            end = field.Offset + ((field.BitOffset + field.BitSize + 7) / 8);
        int size = _sizeOf(field.Type);
        int unit = start - (start % size);
        if (end > unit + size)
            return (start, end); // Only packed structs have bitfields across units.
        int before = Index(_ends, start + 1),
            after = Index(_starts, end);
        return (
            before == 0 ? unit : Math.Max(unit, _ends[before - 1]),
            Math.Min(Math.Min(unit + size, _container.Size), after == _starts.Length ? int.MaxValue : _starts[after])
        );
    }

    /// <summary>Counts the sorted numbers that are smaller.</summary>
    private static int Index(int[] sorted, int number)
    {
        int low = 0,
            high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
