using System.Text;

namespace BpfMaps;

/// <summary>
/// Decodes the bytes of a field as UTF-8 text, up to the first NUL. Fields of type <see cref="BpfText{TBytes}"/> do not need this decoder.
/// </summary>
public sealed class TextDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? value : value[..end]);
    }
}
