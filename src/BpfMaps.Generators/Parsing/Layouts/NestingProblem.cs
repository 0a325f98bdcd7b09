namespace BpfMaps.Generators.Parsing;

/// <summary>Problems of nested types.</summary>
internal enum NestingProblem
{
    None,

    /// <summary>A struct contains itself, directly or indirectly. The compiler reports it (CS0523).</summary>
    ContainsItself,

    /// <summary>Structs or type arguments are nested too deeply.</summary>
    TooDeep,
}
