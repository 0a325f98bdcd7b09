namespace BpfMaps.Queries.Questions;

/// <summary>The calculations with two numbers. Results that do not fit wrap around.</summary>
internal enum Calculation
{
    Add,
    Subtract,
    Multiply,

    /// <summary>The right number is greater than zero.</summary>
    Divide,

    /// <summary>The right number is greater than zero.</summary>
    Remainder,
    And,
    Or,
    Xor,

    /// <summary>The right number counts modulo the bits of the result.</summary>
    ShiftLeft,

    /// <summary>Extends the sign of signed numbers. The right number counts modulo the bits of the result.</summary>
    ShiftRight,
}
