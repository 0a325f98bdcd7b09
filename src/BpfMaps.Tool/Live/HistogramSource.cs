using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Live;

/// <summary>Where a map has histograms: an array of numbers in its values, or a number of a slot in its keys.</summary>
/// <param name="Slots">The array; <see langword="null"/> if the slots are in the keys.</param>
/// <param name="Bucket">The number of the slot in the key; <see langword="null"/> if the slots are an array.</param>
/// <param name="Count">With <paramref name="Bucket"/>, the number in the value that is counted.</param>
internal sealed record HistogramSource(FieldPlace? Slots, FieldPlace? Bucket, FieldLeaf? Count)
{
    private const int LeastSlots = 4;
    private const int MostSlots = 4096;

    private static readonly string[] s_bucketNames = ["bucket", "slot", "bin"];

    /// <summary>Gets the source that a user names, or finds one.</summary>
    /// <exception cref="ArgumentException">The field has no histogram, or no field has one.</exception>
    public static HistogramSource Find(EntryType type, string? name)
    {
        if (name is null)
            return TryFind(type)
                ?? throw new ArgumentException(
                    $"map {type.Map} has no array of numbers in its values and no field 'bucket' or 'slot' in its keys; name a field"
                );
        FieldPlace place = FieldPlace.Find(type, name);
        if (!place.IsInKey && IsSlots(place.Field, 1))
            return new(place, null, null);
        if (place.IsInKey && place.Field.Form == FieldForm.Number && CountOf(type) is { } count)
            return new(null, place, count);
        throw new ArgumentException(
            $"'{name}' ({place.Field.TypeName}) has no histogram; expected an array of numbers in the value, or the number of a slot in the key"
        );
    }

    /// <summary>Finds the first array of numbers in the value, or a field of the key that is named as slots are.</summary>
    public static HistogramSource? TryFind(EntryType type)
    {
        if (FindSlots(new FieldPlace(type.Value, false, 0, "value")) is { } slots)
            return new(slots, null, null);
        TypedField? bucket = type.Key.Fields.FirstOrDefault(static field =>
            field.Form == FieldForm.Number && s_bucketNames.Contains(field.Name)
        );
        return bucket is not null && CountOf(type) is { } count
            ? new(null, new FieldPlace(bucket, true, bucket.Offset, bucket.Name), count)
            : null;
    }

    /// <summary>Reads the histograms: one for each entry, or one for each key without the number of the slot.</summary>
    /// <returns>The keys as text, empty if there is only one possible, and the counts. Without histograms that are all 0.</returns>
    public IReadOnlyList<(string Key, Histogram Histogram)> Read(EntryType type, Snapshot snapshot, bool isLinear)
    {
        Dictionary<string, double[]> histograms = [];
        List<string> order = [];
        foreach (byte[] key in snapshot.Keys)
        {
            byte[] value = snapshot.ValueOf(key)!;
            string name = Bucket is null ? type.KeyText(key) : NameWithoutBucket(type, key);
            if (!histograms.TryGetValue(name, out double[]? counts))
            {
                histograms.Add(name, counts = new double[Slots?.Field.Count ?? 0]);
                order.Add(name);
            }
            histograms[name] = Slots is not null ? Add(counts, value) : Add(counts, key, value);
        }
        return
        [
            .. order
                .Where(name => Array.Exists(histograms[name], static count => count != 0))
                .Select(name => (name, new Histogram(histograms[name], isLinear))),
        ];
    }

    private double[] Add(double[] counts, byte[] value)
    {
        TypedField slot = Slots!.Field.Element;
        for (int index = 0; index < counts.Length; index++)
            counts[index] += (double)Scalars.ReadInteger(slot, value.AsSpan(Slots.Offset + (index * slot.Size), slot.Size));
        return counts;
    }

    private double[] Add(double[] counts, byte[] key, byte[] value)
    {
        Int128 slot = Scalars.ReadInteger(Bucket!.Field, key.AsSpan(Bucket.Offset, Bucket.Field.Size));
        if (slot < 0 || slot >= MostSlots)
            return counts;
        if (slot >= counts.Length)
            Array.Resize(ref counts, (int)slot + 1);
        counts[(int)slot] += Count!.Number(value);
        return counts;
    }

    private string NameWithoutBucket(EntryType type, byte[] key)
    {
        if (type.Key == Bucket!.Field)
            return "";
        byte[] rest = [.. key];
        rest.AsSpan(Bucket.Offset, Bucket.Field.Size).Clear();
        IEnumerable<string> parts = type
            .Key.Fields.Where(field => field.Name != Bucket.Field.Name && !field.IsPadding)
            .Select(field =>
            {
                using StringWriter text = new();
                type.KeyPrinter.PrintField(field, rest.AsSpan(field.Offset, field.Size), new Printing.TextOutput(text));
                return $"{field.Name}: {text}";
            });
        return string.Join(", ", parts) is { Length: > 0 } name ? $"{{ {name} }}" : "";
    }

    private static FieldPlace? FindSlots(FieldPlace place)
    {
        if (IsSlots(place.Field, LeastSlots))
            return place;
        foreach (TypedField field in place.Field.Fields)
        {
            string path = place.Path == "value" ? field.Name : $"{place.Path}.{field.Name}";
            if (FindSlots(new FieldPlace(field, false, place.Offset + field.Offset, path)) is { } found)
                return found;
        }
        return null;
    }

    private static bool IsSlots(TypedField field, int least) =>
        field.Form == FieldForm.Elements && field.Count >= least && field.Element is { Form: FieldForm.Number, Size: >= 2 };

    private static FieldLeaf? CountOf(EntryType type) => Array.Find(FieldLeaf.Of(type.Value), static leaf => leaf.IsNumber);
}
