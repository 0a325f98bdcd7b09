using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>Describes differences, for messages.</summary>
internal static class DifferenceText
{
    /// <summary>A limit that keeps messages readable.</summary>
    private const int MostFields = 16;

    /// <summary>Gets the actual and the expected size: <c>is 24 bytes, but map 'flows' in flow.bpf.o has value_size 16</c>.</summary>
    public static string Head(PartMismatch mismatch)
    {
        string map = $"map '{mismatch.Map.Map.Name}' in {mismatch.Map.Object.Name}";
        if (mismatch.Part == MapPart.Record)
        {
            string record = $"'{mismatch.Map.Map.Value!.Value.Element.Replace(':', ' ')}'";
            return mismatch.ObjectSize != mismatch.Declared.Size
                ? Format(
                    "is {0}, but {1}, the record of {2}, is {3}",
                    LayoutDescription.Bytes(mismatch.Declared.Size),
                    record,
                    map,
                    LayoutDescription.Bytes(mismatch.ObjectSize)
                )
                : $"does not match {record}, the record of {map}";
        }
        (string part, string size) = mismatch.Part == MapPart.Key ? ("key", "key_size") : ("value", "value_size");
        return mismatch.ObjectSize != 0 && mismatch.ObjectSize != mismatch.Declared.Size
            ? Format("is {0}, but {1} has {2} {3}", LayoutDescription.Bytes(mismatch.Declared.Size), map, size, mismatch.ObjectSize)
            : $"does not match the {part} of {map}";
    }

    /// <summary>Gets the first difference, the number of further ones, and both layouts.</summary>
    public static string Detail(PartMismatch mismatch) =>
        mismatch.Theirs is { } theirs
            ? Format("{0}. C# has {1}; the object has {2}", OfFields(mismatch), Fields(mismatch.Mine), Fields(theirs))
            : LayoutDescription.Fields(mismatch.Declared);

    private static string OfFields(PartMismatch mismatch)
    {
        if (mismatch.First is not { } first)
            return OfEnd(mismatch);
        string more = mismatch.Count switch
        {
            <= 1 => "",
            2 => " (and 1 more difference)",
            _ => Format(" (and {0} more differences)", mismatch.Count - 1),
        };
        return Of(first) + more;
    }

    /// <summary>Lists the first fields: <c>Packets ulong @0, Bytes ulong @8</c>.</summary>
    private static string Fields(IReadOnlyList<LayoutLeaf> leaves)
    {
        string fields = string.Join(
            ", ",
            leaves
                .Take(MostFields)
                .Select(static leaf =>
                    Format("{0} @{1}", leaf.Path.Length == 0 ? leaf.TypeText : $"{leaf.Path} {leaf.TypeText}", leaf.Offset)
                )
        );
        return leaves.Count <= MostFields ? fields : Format("{0}, and {1} more fields", fields, leaves.Count - MostFields);
    }

    private static string OfEnd(PartMismatch mismatch)
    {
        int surplus = mismatch.Declared.Size - mismatch.ObjectSize;
        return surplus > 0
            ? $"the fields match, but {LayoutDescription.Bytes(surplus)} follow them"
            : $"the fields match, but {LayoutDescription.Bytes(-surplus)} follow them in the object";
    }

    private static string Of(LeafDifference difference) =>
        difference switch
        {
            { Mine: null, Theirs: { } only } => Format("field {0} at offset {1} is not declared in C#", only.Text, only.Offset),
            { Mine: { } only, Theirs: null } => Format("field {0} at offset {1} is declared only in C#", only.Text, only.Offset),
            { Kind: LayoutDifferenceKind.Offset, Mine: { } mine, Theirs: { } theirs } => Format(
                "field {0} is at offset {1}, but {2} is at {3}",
                mine.Text,
                mine.Offset,
                theirs.Text,
                theirs.Offset
            ),
            { Mine: { Path: "" } mine, Theirs: { } theirs } => Format(
                "it is {0} ({1}), but {2}",
                mine.TypeText,
                LayoutDescription.Bytes(mine.Size),
                Theirs(theirs)
            ),
            { Mine: { } mine, Theirs: { } theirs } => Format(
                "at offset {0}, field '{1}' is {2} ({3}), but {4}",
                mine.Offset,
                mine.Path,
                mine.TypeText,
                LayoutDescription.Bytes(mine.Size),
                Theirs(theirs)
            ),
            _ => "",
        };

    private static string Theirs(LayoutLeaf leaf) =>
        Format(
            "{0} is {1} ({2})",
            leaf.Path.Length == 0 ? "the object's type" : $"'{leaf.Path}'",
            leaf.TypeText,
            LayoutDescription.Bytes(leaf.Size)
        );

    private static string Format(string format, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);
}
