using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BpfMaps.Tool.Printing;

/// <summary>A value in one line for people: <c>{ pid: 17, comm: "bash" }</c>.</summary>
internal static class NodeText
{
    public static string Of(JsonNode? node)
    {
        StringBuilder text = new();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                AppendAll(text, fields, (field) =>
                {
                    text.Append(field.Key).Append(": ");
                    Append(text, field.Value);
                });
                text.Append(" }");
                break;
            case JsonArray elements:
                text.Append('[');
                AppendAll(text, elements, element => Append(text, element));
                text.Append(" ]");
                break;
            default:
                string plain = node?.ToJsonString() ?? "null";
                // Bytes without a type are a string in JSON, and just what they are here.
                text.Append(node?.GetValueKind() == JsonValueKind.String && plain.StartsWith("\"0x", StringComparison.Ordinal) ? plain.Trim('"') : plain);
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, IEnumerable<T> items, Action<T> append)
    {
        string separator = " ";
        foreach (T item in items)
        {
            text.Append(separator);
            append(item);
            separator = ", ";
        }
    }
}
