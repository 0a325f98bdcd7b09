namespace BpfMaps.Metadata;

/// <summary>A section of an ELF file.</summary>
internal sealed class ElfSection
{
    public const uint SymbolTable = 2; // SHT_SYMTAB

    private const uint ProgramData = 1; // SHT_PROGBITS
    private const uint NoData = 8; // SHT_NOBITS
    private const ulong ExecutableFlag = 4; // SHF_EXECINSTR
    private const ulong CompressedFlag = 0x800; // SHF_COMPRESSED

    public required int Index { get; init; }

    public required string Name { get; init; }

    public required uint Type { get; init; }

    public required ulong Flags { get; init; }

    public required ulong Offset { get; init; }

    public required ulong Size { get; init; }

    public required uint Link { get; init; }

    public bool HasData => Type != NoData;

    public bool IsExecutable => Type == ProgramData && (Flags & ExecutableFlag) != 0;

    public bool IsCompressed => (Flags & CompressedFlag) != 0;

    /// <summary>Gets whether the section contains variables of programs, so that it becomes a map.</summary>
    public bool IsVariables => Type is ProgramData or NoData && (Is(".data") || Is(".rodata") || Is(".bss"));

    public bool IsReadOnly => Is(".rodata");

    private bool Is(string name) =>
        Name.StartsWith(name, StringComparison.Ordinal) && (Name.Length == name.Length || Name[name.Length] == '.');
}
