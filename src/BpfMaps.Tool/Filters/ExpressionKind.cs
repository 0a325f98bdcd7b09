namespace BpfMaps.Tool.Filters;

/// <summary>The kind of the result of an expression.</summary>
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
