using BpfMaps.Symbols.Processes;

namespace BpfMaps;

/// <summary>The functions of a process: of its program, of its libraries, and of code that a runtime generated.</summary>
/// <remarks>
/// <para>
/// Names come from the symbol tables of ELF files (<c>.symtab</c>, or <c>.dynsym</c> in stripped files), and from
/// <c>/tmp/perf-PID.map</c>, which .NET writes with <c>DOTNET_PerfMapEnabled=1</c> and other runtimes write on request. Files are read
/// through <c>/proc/PID/root</c>, so containers work too. Only 64-bit processes are supported.
/// </para>
/// <para>
/// Everything is read when the first address is looked up, and again if an address is in nothing that is known. After the process has
/// ended, addresses in what was read before are still found.
/// </para>
/// <para>Not safe for concurrent use.</para>
/// </remarks>
public sealed class ProcessSymbols
{
    private readonly ElfFiles _files;
    private readonly PerfMap _generated;
    private MemoryMappings _mappings = MemoryMappings.None;

    internal ProcessSymbols(int processId, ElfFiles files)
    {
        ProcessId = processId;
        _files = files;
        _generated = new PerfMap(processId);
    }

    /// <summary>Gets the id of the process, in the PID namespace of this process.</summary>
    public int ProcessId { get; }

    /// <summary>Finds the function that contains an address.</summary>
    /// <param name="address">The address in the memory of the process, such as one of a stack trace.</param>
    /// <param name="symbol">
    /// Receives the function. In a file without a symbol for it, the name is <c>[file]</c> and the offset that in the file.
    /// </param>
    /// <returns><see langword="false"/> if the address is in no file and no generated function, or the process cannot be read.</returns>
    public bool TryFind(ulong address, out BpfSymbol symbol)
    {
        if (TryFindKnown(address, out symbol))
            return true;
        bool hasNewFunctions = _generated.Refresh();
        bool hasNewMappings = _mappings.Refresh(ProcessId, out _mappings);
        return (hasNewFunctions || hasNewMappings) && TryFindKnown(address, out symbol);
    }

    private bool TryFindKnown(ulong address, out BpfSymbol symbol)
    {
        // Precompiled code of .NET is in files that are not ELF, and still has its names in the map of generated functions.
        if (_generated.TryFind(address, out symbol))
            return true;
        if (_mappings.Find(address) is not { Path.Length: > 0 } mapping)
            return false;
        ulong offset = address - mapping.Start + mapping.FileOffset;
        symbol =
            mapping.IsFile
            && _files.Open(mapping.FileIn(ProcessId), mapping.Identity) is { } file
            && file.TryFind(offset, out ElfSymbol found)
                ? new BpfSymbol(found.Name, found.Offset, mapping.Path)
                : new BpfSymbol(mapping.IsFile ? $"[{Path.GetFileName(mapping.Path)}]" : mapping.Path, offset, mapping.Path);
        return true;
    }
}
