using System.Globalization;
using BpfMaps.Symbols.Processes;

namespace BpfMaps;

/// <summary>Names of addresses in the kernel and in processes, for stack traces.</summary>
/// <remarks>Each symbol table is read once, when it is needed. Not safe for concurrent use.</remarks>
public sealed class BpfSymbols
{
    private readonly Lazy<KernelSymbols> _kernel = new(KernelSymbols.Load);
    private readonly ElfFiles _files = new();
    private readonly Dictionary<int, ProcessSymbols> _processes = [];

    /// <summary>Gets the functions of the kernel.</summary>
    public KernelSymbols Kernel => _kernel.Value;

    /// <summary>Gets the functions of a process.</summary>
    /// <param name="processId">
    /// The id. The kernel gives the id of a process that ended to another one later: use <see cref="Forget"/>.
    /// </param>
    public ProcessSymbols OfProcess(int processId)
    {
        if (!_processes.TryGetValue(processId, out ProcessSymbols? symbols))
            _processes.Add(processId, symbols = new ProcessSymbols(processId, _files));
        return symbols;
    }

    /// <summary>Forgets what is known of a process, for example after its end.</summary>
    public void Forget(int processId) => _processes.Remove(processId);

    /// <summary>Returns the name of a kernel function, or the address in hexadecimal (<c>0xffffffff81000000</c>).</summary>
    public string NameOfKernel(ulong address) => Kernel.TryFind(address, out BpfSymbol symbol) ? symbol.Name : Hex(address);

    /// <summary>
    /// Returns the name of a function of a process, or the address in hexadecimal. In a file without a symbol for it, the name is
    /// <c>[file]</c>.
    /// </summary>
    public string NameOfProcess(int processId, ulong address) =>
        OfProcess(processId).TryFind(address, out BpfSymbol symbol) ? symbol.Name : Hex(address);

    private static string Hex(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}");
}
