namespace BpfMaps.Queries.Questions;

/// <summary>The answer to a question about all elements.</summary>
/// <param name="Count">The number of elements that fulfill the condition.</param>
/// <param name="Low">The lower 64 bits of the sum, or the smallest or largest number.</param>
/// <param name="High">The upper 64 bits of the sum.</param>
internal readonly record struct Answer(long Count, ulong Low = 0, ulong High = 0)
{
    /// <summary>Gets the sum of signed numbers.</summary>
    public Int128 Sum => new(High, Low);
}
