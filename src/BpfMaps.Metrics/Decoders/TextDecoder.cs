using System.Text;

namespace BpfMaps;

/// <summary>
/// Reads the bytes of a field as UTF-8 text, up to the first NUL. Fields of <see cref="BpfText{TBytes}"/> need no decoder for that.
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
