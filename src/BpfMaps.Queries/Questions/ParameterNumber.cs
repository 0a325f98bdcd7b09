namespace BpfMaps.Queries.Questions;

/// <summary>A captured variable: a parameter of the program.</summary>
/// <param name="Index">The index among the parameters.</param>
/// <param name="Type">The type of the number.</param>
internal sealed record ParameterNumber(int Index, NumberType Type) : Number(Type)
{
    public override ulong Evaluate(in Row row) => row.Parameters[Index];
}
