namespace BpfMaps.Queries.Questions;

/// <summary>A literal, which is part of the program.</summary>
/// <param name="Value">The number, extended to 64 bits.</param>
/// <param name="Type">The type of the number.</param>
internal sealed record ConstantNumber(ulong Value, NumberType Type) : Number(Type)
{
    public override ulong Evaluate(in Row row) => Value;
}
