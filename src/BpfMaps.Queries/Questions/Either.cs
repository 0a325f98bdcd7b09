namespace BpfMaps.Queries.Questions;

/// <summary>Two conditions of which an element must fulfill one.</summary>
internal sealed record Either(Predicate Left, Predicate Right) : Predicate
{
    public override bool Evaluate(in Row row) => Left.Evaluate(in row) || Right.Evaluate(in row);
}
