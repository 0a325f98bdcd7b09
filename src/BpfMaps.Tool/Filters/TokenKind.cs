namespace BpfMaps.Tool.Filters;

/// <summary>The kind of a part of an expression.</summary>
internal enum TokenKind
{
    Name,
    Number,

    /// <summary>An address, or a network with the length of its prefix.</summary>
    Address,

    Quoted,
    Sign,
    End,
}
