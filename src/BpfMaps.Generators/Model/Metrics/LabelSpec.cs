using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>A label.</summary>
/// <param name="TypeName">The full name of the field type, or of the underlying type of an enum.</param>
/// <param name="Decoder">The full name of the decoder; <see langword="null"/> for labels without a decoder.</param>
/// <param name="Members">The members of an enum.</param>
internal sealed record LabelSpec(
    string Name,
    LabelForm Form,
    int Offset,
    int Size,
    string TypeName,
    string? Decoder,
    string? Match,
    EquatableArray<LabelMember> Members
);
