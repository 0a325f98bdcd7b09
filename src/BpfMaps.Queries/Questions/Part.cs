namespace BpfMaps.Queries.Questions;

/// <summary>The parts of an element.</summary>
internal enum Part
{
    Key,
    Value,
}
