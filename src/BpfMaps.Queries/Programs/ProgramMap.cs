namespace BpfMaps.Queries.Programs;

/// <summary>The maps of a program, in the order of their descriptors.</summary>
internal static class ProgramMap
{
    /// <summary>The map that is asked about.</summary>
    public const int Target = 0;

    /// <summary>An array with one element, see <see cref="ControlLayout"/>.</summary>
    public const int Control = 1;

    /// <summary>An array of found elements, or of keys to look up and their values.</summary>
    public const int Results = 2;

    /// <summary>An array with the order of the largest elements.</summary>
    public const int Heap = 3;

    public const int Count = 4;
}
