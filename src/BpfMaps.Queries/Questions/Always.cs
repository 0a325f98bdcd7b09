namespace BpfMaps.Queries.Questions;

/// <summary>A condition that all elements fulfill, or none.</summary>
/// <param name="Value">Whether all elements fulfill it.</param>
internal sealed record Always(bool Value) : Predicate
{
    public static Always True { get; } = new(true);

    public override bool Evaluate(in Row row) => Value;
}
