namespace BpfMaps.Queries.Questions;

/// <summary>A condition that an element must not fulfill.</summary>
internal sealed record Not(Predicate Inner) : Predicate
{
    public override bool Evaluate(in Row row) => !Inner.Evaluate(in row);
}
