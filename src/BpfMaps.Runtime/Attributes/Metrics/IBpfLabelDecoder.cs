namespace BpfMaps;

/// <summary>Makes the text of a label of what a BPF program put into a key.</summary>
/// <typeparam name="T">
/// The type of the field. With <c>ReadOnlySpan&lt;byte&gt;</c>, the decoder gets the bytes of fields of every type.
/// </typeparam>
/// <remarks>
/// One instance of a decoder serves all labels of the process, and may be called from several threads at once. It is called once for each
/// new key, and its text is kept for as long as the map has the key.
/// </remarks>
public interface IBpfLabelDecoder<T>
    where T : allows ref struct
{
    /// <summary>Makes the text.</summary>
    /// <param name="value">The field.</param>
    /// <returns>
    /// The text; <see langword="null"/> if the decoder does not know the value, which is then written as a number (other types as
    /// hexadecimal bytes).
    /// </returns>
    string? Decode(T value);
}
