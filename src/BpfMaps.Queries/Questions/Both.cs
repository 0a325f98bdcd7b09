namespace BpfMaps.Queries.Questions;

/// <summary>Two conditions that an element must both fulfill.</summary>
internal sealed record Both(Predicate Left, Predicate Right) : Predicate
{
    public override bool Evaluate(in Row row) => Left.Evaluate(in row) && Right.Evaluate(in row);
}
