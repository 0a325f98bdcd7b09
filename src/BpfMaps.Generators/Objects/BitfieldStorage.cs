using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Chooses storage fields for bitfields.</summary>
/// <remarks>
/// C compilers access a bitfield through the unit of its declared type, and never write neighbors that are not bitfields, which programs
/// may change concurrently. So the storage of a bitfield is one number inside its unit, or several numbers that cover exactly its bytes if
/// no number fits.
/// </remarks>
internal sealed class BitfieldStorage(bool isBigEndian)
{
    private const int LargestNumber = 8;

    private readonly HashSet<(int Start, int Size)> _chosen = [];
    private readonly Dictionary<(int Start, int Size), StoragePlan> _plans = [];
    private readonly List<StoragePlan> _inOrder = [];

    /// <summary>The storage fields to declare.</summary>
    public IReadOnlyList<StoragePlan> InOrder => _inOrder;

    /// <summary>Places bitfields, in the given order.</summary>
    public IReadOnlyList<BitsPlan> Place(IReadOnlyList<Bitfield> bitfields)
    {
        foreach (Bitfield bitfield in bitfields)
        {
            if (Smallest(bitfield) is { } number)
                _chosen.Add(number);
        }
        return
        [
            .. bitfields.Select(bitfield => new BitsPlan(
                [.. NumbersOf(bitfield).Select(number => PartOf(bitfield, Take(number)))],
                bitfield.FirstBit,
                bitfield.Count
            )),
        ];
    }

    /// <summary>Finds the smallest aligned number inside the unit that contains all bits of a bitfield.</summary>
    private static (int Start, int Size)? Smallest(Bitfield bitfield)
    {
        for (int size = 1; size <= LargestNumber; size *= 2)
        {
            if (Aligned(bitfield, size) is { } number)
                return number;
        }
        return null;
    }

    private static (int Start, int Size)? Aligned(Bitfield bitfield, int size)
    {
        int start = bitfield.Start - ((bitfield.Start - bitfield.Container) % size);
        return start >= bitfield.UnitStart && bitfield.End <= start + size && start + size <= bitfield.UnitEnd ? (start, size) : null;
    }

    private List<(int Start, int Size)> NumbersOf(Bitfield bitfield)
    {
        // Bitfields of the same unit share the number of the widest one.
        for (int size = LargestNumber; size > 0; size /= 2)
        {
            if (Aligned(bitfield, size) is { } number && _chosen.Contains(number))
                return [number];
        }
        int length = bitfield.End - bitfield.Start;
        return length is 2 or 4 or LargestNumber ? [(bitfield.Start, length)] : Tiles(bitfield);
    }

    private static List<(int Start, int Size)> Tiles(Bitfield bitfield)
    {
        List<(int Start, int Size)> tiles = [];
        for (int start = bitfield.Start; start < bitfield.End; start += tiles[tiles.Count - 1].Size)
        {
            int size = LargestNumber;
            while (start + size > bitfield.End || (start - bitfield.Container) % size != 0)
                size /= 2;
            tiles.Add((start, size));
        }
        return tiles;
    }

    private StoragePlan Take((int Start, int Size) number)
    {
        if (_plans.TryGetValue(number, out StoragePlan? known))
            return known;
        StoragePlan plan = new("_at" + number.Start.Text() + (number.Size == 1 ? "" : "x" + number.Size.Text()), number.Start, number.Size);
        _plans.Add(number, plan);
        _inOrder.Add(plan);
        return plan;
    }

    private BitsPart PartOf(Bitfield bitfield, StoragePlan storage)
    {
        int firstOfStorage = storage.Offset * 8,
            endOfStorage = firstOfStorage + (storage.Size * 8);
        int endOfBitfield = bitfield.FirstBit + bitfield.Count;
        int first = Math.Max(bitfield.FirstBit, firstOfStorage),
            end = Math.Min(endOfBitfield, endOfStorage);
        return isBigEndian
            ? new(storage, endOfStorage - end, endOfBitfield - end, end - first)
            : new(storage, first - firstOfStorage, first - bitfield.FirstBit, end - first);
    }
}
