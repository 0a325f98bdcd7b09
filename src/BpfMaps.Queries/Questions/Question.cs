namespace BpfMaps.Queries.Questions;

/// <summary>A question without the values of its parameters: what a program is made for.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Condition">The condition on elements.</param>
/// <param name="Selector">The number of each element, for questions about numbers.</param>
internal sealed record Question(QuestionKind Kind, Predicate Condition, Number? Selector = null)
{
    private int? _hash;

    /// <summary>Gets whether the answer contains elements.</summary>
    public bool HasElements => Kind is QuestionKind.First or QuestionKind.Collect or QuestionKind.Top;

    public bool Equals(Question? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Kind == other.Kind && Condition.Equals(other.Condition) && Equals(Selector, other.Selector));

    public override int GetHashCode() => _hash ??= HashCode.Combine(Kind, Condition, Selector);
}
