using System.Globalization;

namespace BpfMaps.Tests;

public sealed class KernelSymbolsTests
{
    [Fact]
    public void Addresses_AreInTheirFunctions()
    {
        Require.Root();
        string[] line = File.ReadLines("/proc/kallsyms").Select(static l => l.Split(' ')).First(static f => f is [_, "T", "schedule"]);
        ulong address = ulong.Parse(line[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        KernelSymbols symbols = KernelSymbols.Load();
        Assert.Null(symbols.Restriction);
        Assert.True(symbols.Count > 10_000, $"{symbols.Count} functions");
        Assert.True(symbols.TryFind(address, out BpfSymbol symbol));
        Assert.Equal(new BpfSymbol("schedule", 0, ""), symbol);
        Assert.True(symbols.TryFind(address + 5, out symbol));
        Assert.Equal("schedule+0x5", symbol.ToString());
        Assert.False(symbols.TryFind(1, out _));
        Assert.True(symbols.TryGetAddress("schedule", out ulong found));
        Assert.Equal(address, found);
        Assert.False(symbols.TryGetAddress("no_such_function", out _));
    }

    [Fact]
    public void Lines_MayBeUnsorted_AndHaveModules()
    {
        KernelSymbols symbols = KernelSymbols.Parse([
            "00000000000000f0 t in_module\t[ext4]",
            "0000000000000010 T first",
            "0000000000000010 t alias_of_first",
            "0000000000000020 d data",
            "0000000000000030 W weak",
        ]);
        Assert.Equal(3, symbols.Count);
        Assert.Equal(["first+0x0", "first+0x1f", "weak+0x0", "in_module+0x8 [ext4]"], new ulong[] { 0x10, 0x2f, 0x30, 0xf8 }.Select(Find));
        Assert.Null(Find(0xf));

        string? Find(ulong address) => symbols.TryFind(address, out BpfSymbol symbol) ? symbol.ToString() : null;
    }

    [Fact]
    public void HiddenAddresses_AreExplained()
    {
        KernelSymbols symbols = KernelSymbols.Parse(["0000000000000000 T _text", "0000000000000000 t do_one\t[module]"]);
        Assert.Equal(0, symbols.Count);
        Assert.Contains("CAP_SYSLOG", symbols.Restriction, StringComparison.Ordinal);
        Assert.False(symbols.TryFind(0xffffffff81000000, out _));
        Assert.Null(KernelSymbols.Parse([]).Restriction);
    }

    [Fact]
    public void NamesOfUnknownAddresses_AreTheAddresses()
    {
        BpfSymbols symbols = new();
        Assert.Equal("0x1", symbols.NameOfKernel(1));
        Assert.Equal("0x10", symbols.NameOfProcess(Environment.ProcessId, 0x10));
    }
}
