namespace BpfMaps.Metadata;

/// <summary>The properties of a field that identify its counterpart in another layout.</summary>
internal interface ILayoutLeaf
{
    /// <summary>Where it begins in the outermost type.</summary>
    int Offset { get; }

    /// <summary>Where the byte after it would be.</summary>
    int End { get; }

    /// <summary>Whether its bytes can be declared in any way.</summary>
    bool IsOpaque { get; }
}
