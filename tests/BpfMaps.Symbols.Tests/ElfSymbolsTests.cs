using BpfMaps.Symbols.Processes;
using CsCheck;

namespace BpfMaps.Tests;

public sealed class ElfSymbolsTests : IDisposable
{
    private static readonly (string, ulong, ulong)[] s_functions =
    [
        ("later", 0x80, 0x10),
        ("first", 0x10, 0x20),
        ("alias", 0x10, 0x8),
        ("without_size", 0x40, 0),
    ];

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"bpfmaps_{Guid.NewGuid():N}.elf");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(CraftedElf.SymbolTable, false)]
    [InlineData(CraftedElf.SymbolTable, true)]
    [InlineData(CraftedElf.DynamicSymbols, false)]
    public void Functions_AreFoundByTheirPlaceInTheFile(int tableType, bool isBigEndian)
    {
        ElfSymbols symbols = Read(CraftedElf.Create(s_functions, tableType, isBigEndian))!;
        Assert.Equal("first+0", Find(symbols, 0x10));
        Assert.Equal("first+31", Find(symbols, 0x2f));
        Assert.Null(Find(symbols, 0x30)); // behind its last byte
        Assert.Equal("without_size+63", Find(symbols, 0x7f));
        Assert.Equal("later+0", Find(symbols, 0x80));
        Assert.Null(Find(symbols, 0x90));
        Assert.Null(Find(symbols, 0xf));
        Assert.False(symbols.TryFind(CraftedElf.SegmentOffset - 1, out _));
        Assert.False(symbols.TryFind(ulong.MaxValue, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh\necho a script is not an ELF file, although the kernel runs it as a program as well\n")]
    public void OtherFiles_HaveNoSymbols(string content)
    {
        File.WriteAllText(_path, content);
        Assert.Null(ElfSymbols.TryRead(_path));
    }

    [Fact]
    public void MissingFile_HasNoSymbols() => Assert.Null(ElfSymbols.TryRead("/no/such/file"));

    [Fact]
    public void DamagedFiles_AreReadOrRefused()
    {
        byte[] whole = CraftedElf.Create(s_functions, CraftedElf.SymbolTable, isBigEndian: false);
        Gen.Select(Gen.Int[0, 700], Gen.Byte)
            .Array[1, 8]
            .Select(Gen.Int[0, whole.Length])
            .Sample(
                (changes, length) =>
                {
                    byte[] damaged = [.. whole];
                    foreach ((int at, byte value) in changes)
                        damaged[at] = value;
                    if (Read(damaged[..length]) is { } symbols)
                        _ = Find(symbols, 0x10);
                },
                iter: 1_000,
                threads: 1
            );
    }

    private ElfSymbols? Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        return ElfSymbols.TryRead(_path);
    }

    private static string? Find(ElfSymbols symbols, ulong place) =>
        symbols.TryFind(CraftedElf.SegmentOffset + place, out ElfSymbol symbol) ? $"{symbol.Name}+{symbol.Offset}" : null;
}
