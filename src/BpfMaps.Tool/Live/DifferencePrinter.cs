using System.Globalization;
using System.Text.Json;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Live;

/// <summary>Writes changes of entries: as lines with <c>+</c>, <c>-</c> and <c>~</c>, or as one object of JSON each.</summary>
internal sealed class DifferencePrinter(EntryType type)
{
    private static readonly JsonWriterOptions s_compact = new() { NewLine = "\n" };

    private readonly FieldLeaf[] _leaves = FieldLeaf.Of(type.Value);

    public string Line(EntryDifference difference)
    {
        string key = type.KeyText(difference.Key);
        return (difference.Old, difference.New) switch
        {
            (null, { } added) => $"+ {key} -> {type.ValueText(added)}",
            ({ } removed, null) => $"- {key} -> {type.ValueText(removed)}",
            _ => $"~ {key} -> {string.Join(", ", Changed(difference).Select(leaf => Change(leaf, difference)))}",
        };
    }

    /// <summary>Writes an object with <c>change</c>, <c>key</c>, <c>value</c>, and <c>rates</c> for the changed numbers.</summary>
    public void WriteJson(EntryDifference difference, Stream stream)
    {
        using (JsonOutput output = new(stream, s_compact))
        {
            output.BeginObject();
            output.Name("time");
            output.Constant(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
            output.Name("change");
            output.Constant(
                difference.Old is null ? "added"
                : difference.New is null ? "removed"
                : "changed"
            );
            output.Name("key");
            type.KeyPrinter.Print(difference.Key, output);
            output.Name("value");
            type.ValuePrinter.Print(difference.New ?? difference.Old, output);
            if (difference is { Old: not null, New: not null })
            {
                output.Name("rates");
                output.BeginObject();
                foreach (FieldLeaf leaf in Changed(difference).Where(static leaf => leaf.IsNumber))
                {
                    output.Name(NameOf(leaf));
                    output.Number(Rate(leaf, difference));
                }
                output.EndObject();
            }
            output.EndObject();
        }
    }

    private IEnumerable<FieldLeaf> Changed(EntryDifference difference) =>
        _leaves.Where(leaf => !leaf.In(difference.Old).SequenceEqual(leaf.In(difference.New)));

    private string Change(FieldLeaf leaf, EntryDifference difference)
    {
        string change = $"{NameOf(leaf)}: {Text(leaf, difference.Old!)} => {Text(leaf, difference.New!)}";
        if (!leaf.IsNumber)
            return change;
        double rate = Rate(leaf, difference);
        return $"{change} ({(rate < 0 ? "" : "+")}{Units.Count(rate)}/s)";
    }

    private static string NameOf(FieldLeaf leaf) => leaf.Path.Length == 0 ? "value" : leaf.Path;

    private static double Rate(FieldLeaf leaf, EntryDifference difference) =>
        (leaf.Number(difference.New) - leaf.Number(difference.Old)) / difference.Seconds;

    private string Text(FieldLeaf leaf, byte[] value)
    {
        using StringWriter text = new();
        type.ValuePrinter.PrintField(leaf.Field, leaf.In(value), new TextOutput(text));
        return text.ToString();
    }
}
