namespace BpfMaps.Tool.Filters;

/// <summary>What an expression results in.</summary>
internal enum ExpressionKind
{
    /// <summary>An integer, or an enumeration constant.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Real,

    Text,

    /// <summary>The bytes of an address.</summary>
    Address,

    /// <summary>True or false.</summary>
    Condition,
}
