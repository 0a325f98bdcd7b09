using System.Globalization;

namespace BpfMaps;

/// <summary>Turns addresses in the kernel into the names of the functions they are in, as <c>/proc/kallsyms</c> has them.</summary>
/// <remarks>
/// The symbols are read once, when the first address is decoded: some hundred thousand names. The kernel shows addresses with CAP_SYSLOG
/// and
/// <c>kernel.kptr_restrict</c> below 2; otherwise addresses stay numbers.
/// </remarks>
public sealed class KernelSymbolDecoder : IBpfLabelDecoder<ulong>
{
    private readonly Lazy<(ulong[] Addresses, string[] Names)> _symbols;

    /// <summary>Makes a decoder of the running kernel's symbols.</summary>
    public KernelSymbolDecoder()
        : this(static () => File.ReadLines("/proc/kallsyms"))
    {
    }

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
