using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Entries;

/// <summary>Adds the values of all CPUs: numbers are summed, everything else is that of the first CPU that has one.</summary>
/// <param name="type">The types of the map.</param>
internal sealed class Totals(EntryType type)
{
    private readonly byte[] _total = new byte[type.Map.ValueSize];

    /// <summary>Gets whether values without a type, which cannot be added, are shown as they are.</summary>
    public static bool AreMeaningful(EntryType type) => type.Value.Type is not null;

    /// <summary>Adds the values of all possible CPUs.</summary>
    /// <param name="values">The values, at the distance of <see cref="RawMap.PerCpuStride"/>.</param>
    /// <returns>The total, valid until the next call.</returns>
    public ReadOnlySpan<byte> Add(ReadOnlySpan<byte> values)
    {
        int stride = type.Map.PerCpuStride;
        values[.._total.Length].CopyTo(_total);
        for (int at = stride; at < values.Length; at += stride)
            Accumulate(type.Value, _total, values.Slice(at, _total.Length));
        return _total;
    }

    private static void Accumulate(TypedField field, Span<byte> total, ReadOnlySpan<byte> value)
    {
        switch (field.Form)
        {
            case FieldForm.Fields when field.Type!.Kind == Metadata.BpfTypeKind.Struct:
                foreach (TypedField part in field.Fields)
                    Accumulate(part, total.Slice(part.Offset, part.Size), value.Slice(part.Offset, part.Size));
                break;
            case FieldForm.Elements:
                int size = field.Element.Size;
                for (int at = 0; size != 0 && at < field.Size; at += size)
                    Accumulate(field.Element, total.Slice(at, size), value.Slice(at, size));
                break;
            case FieldForm.Float:
                Scalars.WriteFloat(field, total, Scalars.ReadFloat(field, total) + Scalars.ReadFloat(field, value));
                break;
            case FieldForm.Number when field.Type!.Kind != Metadata.BpfTypeKind.Char:
                // Wraps as the counters in the kernel do.
                Scalars.WriteInteger(field, total, Scalars.ReadInteger(field, total) + Scalars.ReadInteger(field, value));
                break;
            default:
                if (!total.ContainsAnyExcept((byte)0))
                    value.CopyTo(total);
                break;
        }
    }
}
