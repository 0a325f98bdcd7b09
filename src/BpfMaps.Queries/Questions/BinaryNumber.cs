using System.Diagnostics;

namespace BpfMaps.Queries.Questions;

/// <summary>A calculation with two numbers.</summary>
/// <param name="Calculation">The calculation.</param>
/// <param name="Left">The left number, of the type of the result.</param>
/// <param name="Right">The right number, of the type of the result except for shifts.</param>
/// <param name="Type">The type of the result.</param>
internal sealed record BinaryNumber(Calculation Calculation, Number Left, Number Right, NumberType Type) : Number(Type)
{
    public override ulong Evaluate(in Row row)
    {
        ulong left = Left.Evaluate(in row);
        ulong right = Right.Evaluate(in row);
        int shift = (int)right & Type.ShiftMask;
        return Type.Normalize(
            Calculation switch
            {
                Calculation.Add => unchecked(left + right),
                Calculation.Subtract => unchecked(left - right),
                Calculation.Multiply => unchecked(left * right),
                Calculation.Divide when Type.IsSigned => (ulong)((long)left / (long)right),
                Calculation.Divide => left / right,
                Calculation.Remainder when Type.IsSigned => (ulong)((long)left % (long)right),
                Calculation.Remainder => left % right,
                Calculation.And => left & right,
                Calculation.Or => left | right,
                Calculation.Xor => left ^ right,
                Calculation.ShiftLeft => left << shift,
                Calculation.ShiftRight when Type.IsSigned => (ulong)((long)left >> shift),
                Calculation.ShiftRight => left >> shift,
                _ => throw new UnreachableException(),
            }
        );
    }
}
