namespace BpfMaps.Queries.Questions;

/// <summary>Base class of conditions on elements. They are compared by what they test, so that equal ones share a program.</summary>
internal abstract record Predicate
{
    /// <summary>Returns whether an element fulfills the condition.</summary>
    public abstract bool Evaluate(in Row row);
}
