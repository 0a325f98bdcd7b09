namespace BpfMaps;

/// <summary>Makes a field of a key a label of the map's metrics.</summary>
/// <param name="name">
/// The name: a letter or <c>_</c>, then letters, digits, <c>_</c> and <c>.</c>. Prometheus text has <c>_</c> for <c>.</c>. Not <c>le</c> or
/// <c>quantile</c>, and no <c>__</c> at the start: Prometheus reserves these.
/// </param>
/// <remarks>
/// Without a decoder, the field's type says what the text is: numbers in decimal, the names of an enum's members, text up to its first NUL,
/// addresses for <see cref="Be32"/>, <see cref="Bytes16"/> and <see cref="LpmKey{TPrefix}"/>. On the type with the
/// <see cref="BpfMapAttribute"/>, the label is the whole key, such as the index of an array. Elements whose labels are all the same are
/// added up to one series.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class BpfLabelAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// What makes text of the field: a class with a public constructor without parameters that implements <see cref="IBpfLabelDecoder{T}"/>
    /// of the field's type, or of <c>ReadOnlySpan&lt;byte&gt;</c>, which takes fields of every type.
    /// </summary>
    public Type? Decoder { get; set; }

    /// <summary>
    /// Gets or sets a regular expression (.NET syntax, anywhere in the text). Elements whose label does not match are not exported.
    /// </summary>
    public new string? Match { get; set; }
}
