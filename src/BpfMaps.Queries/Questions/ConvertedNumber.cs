namespace BpfMaps.Queries.Questions;

/// <summary>A number as another type, which may lose bits.</summary>
/// <param name="Inner">The number.</param>
/// <param name="Type">The type to convert to.</param>
internal sealed record ConvertedNumber(Number Inner, NumberType Type) : Number(Type)
{
    public override ulong Evaluate(in Row row) => Type.Normalize(Inner.Evaluate(in row));
}
