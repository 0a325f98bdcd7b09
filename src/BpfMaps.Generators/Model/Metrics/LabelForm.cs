namespace BpfMaps.Generators.Model;

/// <summary>The conversion of a field to text. Each member is a method of <c>BpfLabelSchema</c> in the runtime library.</summary>
internal enum LabelForm
{
    Number,
    Address,
    Text,
    Enum,
    Decoded,
    DecodedBytes,
}
