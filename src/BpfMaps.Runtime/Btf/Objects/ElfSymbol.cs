namespace BpfMaps.Metadata;

/// <summary>A function or a variable of an ELF file.</summary>
internal readonly record struct ElfSymbol(string Name, int Type, int Binding, int Section, ulong Value, ulong Size)
{
    public const int Object = 1; // STT_OBJECT
    public const int Function = 2; // STT_FUNC

    /// <summary>STB_LOCAL.</summary>
    public bool IsLocal => Binding == 0;
}
