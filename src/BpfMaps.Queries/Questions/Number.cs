namespace BpfMaps.Queries.Questions;

/// <summary>Base class of expressions with a number. They are compared by what they compute, so that equal ones share a program.</summary>
/// <param name="Type">The type of the number.</param>
internal abstract record Number(NumberType Type)
{
    /// <summary>Computes the number of an element, extended to 64 bits.</summary>
    public abstract ulong Evaluate(in Row row);
}
