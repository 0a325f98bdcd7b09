using System.Globalization;

namespace BpfMaps;

/// <summary>The function that an address is in.</summary>
/// <param name="Name">The name, as the symbol table has it: names of C++ and Rust are mangled.</param>
/// <param name="Offset">The distance in bytes from the first instruction of the function.</param>
/// <param name="Module">
/// The kernel module, or the path of the program or library; empty for the kernel itself and for code that is in no file.
/// </param>
public readonly record struct BpfSymbol(string Name, ulong Offset, string Module)
{
    /// <summary>Returns the function, the offset, and the module: <c>vfs_read+0x1a</c>, <c>ext4_sync_fs+0x0 [ext4]</c>.</summary>
    public override string ToString()
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{Name}+0x{Offset:x}");
        return string.IsNullOrEmpty(Module) ? place : $"{place} [{Path.GetFileName(Module)}]";
    }
}
