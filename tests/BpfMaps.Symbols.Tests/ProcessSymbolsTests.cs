using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

public sealed class ProcessSymbolsTests
{
    [Theory]
    [InlineData("getenv")]
    [InlineData("qsort")]
    [InlineData("fopen")]
    public void FunctionsOfLibraries_AreFound(string function)
    {
        nint library = NativeLibrary.Load("libc.so.6");
        nint address = NativeLibrary.GetExport(library, function);
        ProcessSymbols symbols = new BpfSymbols().OfProcess(Environment.ProcessId);
        Assert.True(symbols.TryFind((ulong)address, out BpfSymbol symbol));
        // Functions may have several names.
        Assert.Equal(address, NativeLibrary.GetExport(library, symbol.Name));
        Assert.Equal(0u, symbol.Offset);
        Assert.EndsWith("/libc.so.6", symbol.Module, StringComparison.Ordinal);

        Assert.True(symbols.TryFind((ulong)address + 3, out BpfSymbol inside));
        Assert.Equal(symbol with { Offset = 3 }, inside);
        Assert.EndsWith("+0x3 [libc.so.6]", inside.ToString(), StringComparison.Ordinal);
        Assert.False(symbols.TryFind(0x10, out _));
    }

    [Fact]
    public void GeneratedFunctions_AreFoundAsTheyAppear()
    {
        string path = $"/tmp/perf-{Environment.ProcessId}.map";
        Assert.False(File.Exists(path), $"{path} exists: this process runs with DOTNET_PerfMapEnabled");
        ProcessSymbols symbols = new BpfSymbols().OfProcess(Environment.ProcessId);
        Assert.False(symbols.TryFind(0x1010, out _));
        try
        {
            File.WriteAllText(path, "1000 20 void [App] App.Program::Main()[Tier0]\nnot a line\n2000 8 second");
            Assert.True(symbols.TryFind(0x1010, out BpfSymbol symbol));
            Assert.Equal(new BpfSymbol("void [App] App.Program::Main()[Tier0]", 0x10, ""), symbol);
            Assert.False(symbols.TryFind(0x1020, out _));
            Assert.False(symbols.TryFind(0x2000, out _)); // its line is not complete

            File.AppendAllText(path, " function\n0x1000 10 newer code\n");
            Assert.True(symbols.TryFind(0x2000, out symbol));
            Assert.Equal("second function", symbol.Name);
            Assert.True(symbols.TryFind(0x1000, out symbol));
            Assert.Equal("newer code", symbol.Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void EndedProcess_KeepsWhatWasRead()
    {
        using Process process = Process.Start("sleep", "100");
        BpfSymbols all = new();
        ProcessSymbols symbols = all.OfProcess(process.Id);
        ulong address;
        try
        {
            string code = File.ReadLines($"/proc/{process.Id}/maps").First(static line => line.Contains("r-xp", StringComparison.Ordinal));
            address = ulong.Parse(code.Split('-')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Assert.True(symbols.TryFind(address, out _));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
        Assert.True(symbols.TryFind(address, out _));
        Assert.False(symbols.TryFind(0x10, out _));
        Assert.Same(symbols, all.OfProcess(process.Id));
        all.Forget(process.Id);
        Assert.False(all.OfProcess(process.Id).TryFind(address, out _));
    }
}
