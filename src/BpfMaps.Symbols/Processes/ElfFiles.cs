namespace BpfMaps.Symbols.Processes;

/// <summary>The symbol tables of files, each read once although many processes map it.</summary>
internal sealed class ElfFiles
{
    private readonly Dictionary<string, ElfSymbols?> _files = [];

    /// <param name="path">Where the file can be opened now.</param>
    /// <param name="identity">The device and inode of the file.</param>
    /// <returns><see langword="null"/> if the file is not an ELF file of 64 bits, or cannot be read.</returns>
    public ElfSymbols? Open(string path, string identity)
    {
        if (!_files.TryGetValue(identity, out ElfSymbols? symbols))
            _files.Add(identity, symbols = ElfSymbols.TryRead(path));
        return symbols;
    }
}
