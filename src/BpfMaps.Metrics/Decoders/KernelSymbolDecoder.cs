using System.Globalization;

namespace BpfMaps;

/// <summary>Decodes kernel addresses to the names of functions from <c>/proc/kallsyms</c>.</summary>
/// <remarks>
/// Several hundred thousand symbols are read once, when the first address is decoded. The kernel shows addresses only with CAP_SYSLOG
/// and
/// <c>kernel.kptr_restrict</c> less than 2; otherwise addresses are written as numbers.
/// </remarks>
public sealed class KernelSymbolDecoder : IBpfLabelDecoder<ulong>
{
    private readonly Lazy<(ulong[] Addresses, string[] Names)> _symbols;

    /// <summary>Creates a decoder for the running kernel.</summary>
    public KernelSymbolDecoder()
        : this(static () => File.ReadLines("/proc/kallsyms")) { }

    internal KernelSymbolDecoder(Func<IEnumerable<string>> lines) => _symbols = new(() => Read(lines()));

    /// <inheritdoc/>
    public string? Decode(ulong value)
    {
        (ulong[] addresses, string[] names) = _symbols.Value;
        int at = Array.BinarySearch(addresses, value);
        if (at < 0)
            at = ~at - 1;
        return at < 0 ? null : names[at];
    }

    private static (ulong[] Addresses, string[] Names) Read(IEnumerable<string> lines)
    {
        List<ulong> addresses = [];
        List<string> names = [];
        foreach (string line in lines)
        {
            // ffffffff81000000 T _stext        or, in a module, with a tab and [its name] behind.
            ReadOnlySpan<char> rest = line;
            int space = rest.IndexOf(' ');
            if (space < 0 || rest.Length < space + 4 || rest[space + 1] is not ('t' or 'T' or 'w' or 'W'))
                continue;
            ulong address = ulong.Parse(rest[..space], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (address == 0)
                continue;
            ReadOnlySpan<char> name = rest[(space + 3)..];
            int tab = name.IndexOf('\t');
            addresses.Add(address);
            names.Add((tab < 0 ? name : name[..tab]).ToString());
        }
        ulong[] sorted = [.. addresses];
        string[] sortedNames = [.. names];
        Array.Sort(sorted, sortedNames);
        return (sorted, sortedNames);
    }
}
