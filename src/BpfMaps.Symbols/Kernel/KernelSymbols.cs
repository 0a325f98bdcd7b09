using System.Globalization;

namespace BpfMaps;

/// <summary>The functions of the running kernel and of its modules, from <c>/proc/kallsyms</c>.</summary>
/// <remarks>Several hundred thousand symbols take some 20 MB. Modules and BPF programs that are loaded later are not in it.</remarks>
public sealed class KernelSymbols
{
    private const string File = "/proc/kallsyms";

    private readonly ulong[] _addresses;
    private readonly string[] _names;
    private readonly string[] _modules;

    private KernelSymbols(ulong[] addresses, string[] names, string[] modules, string? restriction)
    {
        _addresses = addresses;
        _names = names;
        _modules = modules;
        Restriction = restriction;
    }

    /// <summary>Gets the number of functions.</summary>
    public int Count => _addresses.Length;

    /// <summary>
    /// Gets why the kernel shows no addresses to this process, in a sentence that says what to do; <see langword="null"/> if it shows them.
    /// Without addresses there are no functions.
    /// </summary>
    public string? Restriction { get; }

    /// <summary>Reads the symbols.</summary>
    /// <exception cref="IOException"><c>/proc/kallsyms</c> cannot be read: <c>/proc</c> is not mounted.</exception>
    public static KernelSymbols Load() => Parse(System.IO.File.ReadLines(File));

    /// <summary>Finds the function that contains an address, such as one of a stack trace.</summary>
    public bool TryFind(ulong address, out BpfSymbol symbol)
    {
        int at = Array.BinarySearch(_addresses, address);
        if (at < 0)
            at = ~at - 1;
        if (at < 0)
        {
            symbol = default;
            return false;
        }
        symbol = new BpfSymbol(_names[at], address - _addresses[at], _modules[at]);
        return true;
    }

    /// <summary>Finds the address of a function, the first one if several have the name.</summary>
    public bool TryGetAddress(string name, out ulong address)
    {
        int at = Array.IndexOf(_names, name);
        address = at < 0 ? 0 : _addresses[at];
        return at >= 0;
    }

    /// <summary>Reads lines in the format of <c>/proc/kallsyms</c>.</summary>
    internal static KernelSymbols Parse(IEnumerable<string> lines)
    {
        List<(ulong Address, string Name, string Module)> functions = [];
        Dictionary<string, string> modules = [];
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> known = modules.GetAlternateLookup<ReadOnlySpan<char>>();
        bool hidesAddresses = false;
        foreach (string line in lines)
        {
            // ffffffff81000000 T _stext        or, in a module, with a tab and [its name] behind.
            ReadOnlySpan<char> rest = line;
            int space = rest.IndexOf(' ');
            if (space < 0 || rest.Length < space + 4 || rest[space + 1] is not ('t' or 'T' or 'w' or 'W'))
                continue;
            ulong address = ulong.Parse(rest[..space], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (address == 0)
            {
                hidesAddresses = true;
                continue;
            }

            ReadOnlySpan<char> name = rest[(space + 3)..];
            int tab = name.IndexOf('\t');
            functions.Add((address, (tab < 0 ? name : name[..tab]).ToString(), tab < 0 ? "" : Module(name[(tab + 1)..].Trim("[]"))));
        }

        // Functions with one address keep the order of the file: the first name is the usual one.
        (ulong Address, string Name, string Module)[] sorted = [.. functions.OrderBy(static function => function.Address)];
        int count = Deduplicate(sorted);
        return new KernelSymbols(
            [.. sorted.Take(count).Select(static function => function.Address)],
            [.. sorted.Take(count).Select(static function => function.Name)],
            [.. sorted.Take(count).Select(static function => function.Module)],
            count == 0 && hidesAddresses
                ? "The kernel hides the addresses of its functions. They require CAP_SYSLOG and kernel.kptr_restrict below 2."
                : null
        );

        string Module(ReadOnlySpan<char> name)
        {
            if (!known.TryGetValue(name, out string? module))
                known[name] = module = name.ToString();
            return module;
        }
    }

    private static int Deduplicate((ulong Address, string Name, string Module)[] sorted)
    {
        int count = 0;
        foreach ((ulong Address, string Name, string Module) function in sorted)
        {
            if (count == 0 || sorted[count - 1].Address != function.Address)
                sorted[count++] = function;
        }
        return count;
    }
}
