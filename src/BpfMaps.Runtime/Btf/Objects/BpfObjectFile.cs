using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Metadata;

/// <summary>
/// A compiled BPF object (<c>x.bpf.o</c>): its maps with the layouts of their keys and values, its programs and its types.
/// </summary>
/// <remarks>
/// Reads the output of clang with <c>-g -target bpf</c>, in either byte order. Nothing is loaded, and no privileges are required. An object
/// is untrusted input: errors are a <see cref="BpfFormatException"/>, and time and memory are proportional to its length.
/// </remarks>
[DebuggerDisplay("{Name,nq}")]
public sealed class BpfObjectFile
{
    /// <summary>The maximum size of an object that is read into memory.</summary>
    private const int MaxFileSize = 128 << 20;

    private const string LegacyMaps = "maps";

    private readonly IEnumerable<uint> _relocated;

    private BpfObjectFile(string name, ElfFile elf)
    {
        Name = name;
        IsBigEndian = elf.IsBigEndian;
        License = ReadLicense(elf);
        if (elf.Find(".BTF") is { } section)
            Btf = Btf.Parse(elf.Data(section));

        List<ElfSymbol> symbols = elf.ReadSymbols();
        Programs = ReadPrograms(elf, symbols);
        List<BpfMapDefinition> maps = MapSectionReader.Read(elf, Btf);
        maps.AddRange(DataSections.Read(elf, Btf, symbols));
        Maps = maps;
        _relocated = KernelRelocations.Read(elf);
        if (elf.Find(LegacyMaps) is { Size: not 0 })
            Refusals =
            [
                $"it defines maps in the section '{LegacyMaps}' in the old way (struct bpf_map_def), which libbpf 1.0 and newer refuse; define them in '.maps' with __uint and __type",
            ];
    }

    /// <summary>Gets the name of the file as passed to the method that opened it.</summary>
    public string Name { get; }

    /// <summary>Gets whether the object was compiled for a big-endian machine.</summary>
    public bool IsBigEndian { get; }

    /// <summary>
    /// Gets the license of its programs (section <c>license</c>), which the kernel requires; <see langword="null"/> without such a section.
    /// </summary>
    public string? License { get; }

    /// <summary>Gets its types; <see langword="null"/> if it was compiled without <c>-g</c>.</summary>
    internal Btf? Btf { get; }

    /// <summary>Gets its maps: first those in <c>.maps</c>, then one for each section of variables, in the order of the file.</summary>
    public IReadOnlyList<BpfMapDefinition> Maps { get; }

    /// <summary>Gets its programs, in the order of the file.</summary>
    public IReadOnlyList<BpfProgramDefinition> Programs { get; }

    /// <summary>
    /// Gets the reasons for which libbpf rejects the object as a whole, each a part of a sentence. Those of single maps are in
    /// <see cref="BpfMapDefinition.Refusals"/>.
    /// </summary>
    internal IReadOnlyList<string> Refusals { get; } = [];

    /// <summary>
    /// Lists the named types and the unnamed enumerations of the object itself, without types of the kernel that it only refers to.
    /// </summary>
    internal IEnumerable<uint> OwnTypeIds() =>
        Btf is null
            ? []
            : OwnTypes.Find(Btf, _relocated, Programs.Select(static program => program.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>Reads an object from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="BpfFormatException">The file is not a BPF object, or is corrupt.</exception>
    public static BpfObjectFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(new FileView(ReadBounded(path), path));
    }

    /// <summary>Reads an object from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="BpfFormatException">The file is not a BPF object, or is corrupt.</exception>
    public static BpfObjectFile Parse(ReadOnlySpan<byte> bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Parse(new FileView(bytes.ToArray(), name));
    }

    /// <summary>The map with a name.</summary>
    /// <param name="name">The name, as the object has it; a section of variables is called as the section (<c>.rodata</c>).</param>
    /// <exception cref="KeyNotFoundException">The object has no such map; the message lists its maps.</exception>
    public BpfMapDefinition GetMap(string name) =>
        TryGetMap(name, out BpfMapDefinition? map)
            ? map
            : throw new KeyNotFoundException(
                $"{Name} has no map '{name}'; it has {(Maps.Count == 0 ? "none" : string.Join(", ", Maps.Select(static map => $"'{map.Name}'")))}."
            );

    /// <summary>Finds the map with a name.</summary>
    /// <param name="name">The name in the object; for a section of variables, the name of the section (<c>.rodata</c>).</param>
    /// <param name="map">The map; <see langword="null"/> on a miss.</param>
    /// <returns><see langword="false"/> if the object has no such map.</returns>
    public bool TryGetMap(string name, [NotNullWhen(true)] out BpfMapDefinition? map)
    {
        map = Maps.FirstOrDefault(candidate => candidate.Name == name);
        return map is not null;
    }

    private static BpfObjectFile Parse(FileView file) => new(file.FileName, ElfFile.Parse(file));

    private static byte[] ReadBounded(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];

        // The length of the file is not used, because files in /proc and devices have none.
        for (int read = stream.Read(buffer); read != 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxFileSize)
                throw new BpfFormatException(
                    path,
                    MaxFileSize,
                    $"expected an object of at most {MaxFileSize >> 20} MiB, found a longer file"
                );
        }
        return bytes.ToArray();
    }

    private static string? ReadLicense(ElfFile elf) =>
        elf.Find("license") is { } section && elf.Data(section) is { Length: > 0 } data ? data.Text(0, "the licence") : null;

    private static List<BpfProgramDefinition> ReadPrograms(ElfFile elf, List<ElfSymbol> symbols)
    {
        List<BpfProgramDefinition> programs = [];
        foreach (ElfSymbol symbol in symbols)
        {
            // Functions in .text are called by programs, and local functions are not visible outside the object.
            ElfSection section = elf.Sections[symbol.Section];
            if (symbol.Type != ElfSymbol.Function || symbol.IsLocal || !section.IsExecutable || section.Name == ".text")
                continue;
            if (symbol.Name.Length == 0 || section.Name.Length == 0)
                elf.Data(section)
                    .Throw(0, $"expected a program and a section with names, found program '{symbol.Name}' in section '{section.Name}'");
            programs.Add(new(symbol.Name, section.Name));
        }
        return programs;
    }
}
