using System.Text;

namespace BpfMaps.Metrics.Names;

/// <summary>Writes labels in the format of Prometheus.</summary>
internal static class LabelText
{
    /// <returns><c>a="x",b="y"</c> in UTF-8.</returns>
    public static byte[] Write(ReadOnlySpan<string> names, ReadOnlySpan<string> values)
    {
        StringBuilder text = new();
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            text.Append(PrometheusNames.Sanitize(names[i])).Append("=\"");
            AppendEscaped(text, values[i]);
            text.Append('"');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(c),
            };
        }
    }
}
