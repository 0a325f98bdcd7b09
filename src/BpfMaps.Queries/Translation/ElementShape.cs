using BpfMaps.Metadata;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

/// <summary>The layouts of the parts of an element.</summary>
/// <param name="Key">The layout of the key; <see langword="null"/> if only its type is known.</param>
/// <param name="Value">The layout of the value.</param>
internal sealed record ElementShape(BpfTypeLayout? Key, BpfTypeLayout? Value)
{
    public BpfTypeLayout? this[Part part] => part == Part.Key ? Key : Value;
}
