namespace BpfMaps.Queries.Programs;

/// <summary>The memory that a program shares with user space: results, settings, and the values of captured variables.</summary>
internal static class ControlLayout
{
    /// <summary>How many elements were found.</summary>
    public const int Count = 0;

    /// <summary>The bits of the hash of a key that select the elements to collect; for arrays, the first index.</summary>
    public const int Selection = 8;

    /// <summary>The value of the selected bits.</summary>
    public const int SelectedBits = 16;

    /// <summary>The lower half of the sum, or the smallest or largest number.</summary>
    public const int Low = 24;

    /// <summary>The upper half of the sum.</summary>
    public const int High = 32;

    /// <summary>The number of keys to look up, or of largest elements to find.</summary>
    public const int Limit = 40;

    /// <summary>The CPU that runs the program.</summary>
    public const int CurrentCpu = 48;

    /// <summary>The number of a new entry of the heap of largest elements.</summary>
    public const int NewNumber = 56;

    /// <summary>The index of the new entry's element among the found ones.</summary>
    public const int NewSlot = 64;

    /// <summary>The position of the new entry in the heap.</summary>
    public const int NewPosition = 72;

    /// <summary>A position below that of the new entry.</summary>
    public const int NewChild = 80;

    /// <summary>The captured variables.</summary>
    public const int Parameters = 96;

    /// <summary>The total of the values of all CPUs.</summary>
    public const int Scratch = Parameters + (QueryRules.MostParameters * sizeof(ulong));
}
