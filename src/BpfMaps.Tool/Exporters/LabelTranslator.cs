using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;

namespace BpfMaps.Tool.Exporters;

/// <summary>Translates chains of decoders to <c>[BpfLabel]</c>.</summary>
internal sealed class LabelTranslator(DecoderClasses classes)
{
    private static readonly string[] s_integers = ["u32", "s32", "u64", "s64"];

    /// <summary>Decoders that take integers, and which.</summary>
    private static readonly Dictionary<string, (string Class, string[] Elements)> s_ofIntegers = new(StringComparer.Ordinal)
    {
        ["cgroup"] = ("CgroupPathDecoder", ["u64"]),
        ["errno"] = ("ErrnoDecoder", s_integers),
        ["ifname"] = ("InterfaceNameDecoder", ["u32", "s32"]),
        ["ksym"] = ("KernelSymbolDecoder", ["u64"]),
        ["majorminor"] = (DecoderClasses.EncodedDevice, ["u32"]),
        ["syscall"] = ("SystemCallDecoder", s_integers),
    };

    /// <summary>Decoders that take the bytes of every type.</summary>
    private static readonly Dictionary<string, string> s_ofBytes = new(StringComparer.Ordinal)
    {
        ["dname"] = "DnsNameDecoder",
        ["hex"] = "HexDecoder",
        ["inet_ip"] = "IPAddressDecoder",
        ["string"] = "TextDecoder",
    };

    /// <summary>Parts of regular expressions that .NET does not have, or that mean something else there.</summary>
    private static readonly string[] s_otherSyntax = ["(?P", "(?U", "[[:", @"\Q", @"\C", @"\z", @"\pN", @"\pL"];

    /// <param name="label">The label.</param>
    /// <param name="type">The type of what it covers.</param>
    /// <param name="why">Why there is no equivalent: the decoder, and what to do.</param>
    /// <returns>The attribute.</returns>
    public string? Translate(ExporterLabel label, LayoutTypeUse type, out string why)
    {
        List<ExporterDecoder> chain = [.. label.Decoders];
        string? match = null;
        if (chain.Count > 0 && chain[^1].Name == "regexp")
        {
            match = MatchOf(chain[^1], out why);
            if (match is null)
                return null;
            chain.RemoveAt(chain.Count - 1);
        }
        if (DecoderOf(label, chain, type, out why) is not { } decoder)
            return null;
        string arguments = DocText.Literal(label.Name);
        if (decoder.Length > 0)
            arguments += $", Decoder = typeof({decoder})";
        if (match is not null)
            arguments += $", Match = {DocText.Literal(match)}";
        return $"[BpfLabel({arguments})]";
    }

    private static string? MatchOf(ExporterDecoder regexp, out string why)
    {
        why = regexp.Patterns.Count == 0 ? "decoder 'regexp' without 'regexps'" : "";
        foreach (string pattern in regexp.Patterns)
        {
            if (s_otherSyntax.FirstOrDefault(part => pattern.Contains(part, StringComparison.Ordinal)) is { } other)
                why = $"decoder 'regexp': '{pattern}' contains '{other}', which .NET writes in another way";
        }
        if (why.Length > 0)
            return null;
        return regexp.Patterns.Count == 1 ? regexp.Patterns[0] : string.Join('|', regexp.Patterns.Select(static p => $"(?:{p})"));
    }

    /// <returns>The class; empty if the type's own text is the same; <see langword="null"/> without an equivalent.</returns>
    private string? DecoderOf(ExporterLabel label, List<ExporterDecoder> chain, LayoutTypeUse type, out string why)
    {
        why = "";
        string[] names = [.. chain.Select(static d => d.Name)];
        switch (names)
        {
            case []:
                why = "a label without decoders";
                return null;
            case ["uint"]:
                return IsUnsigned(type) ? "" : ClassOfIntegers(type, "uint", out why);
            case ["string"] when type is { Element: "char", Count: > 0 }:
                return "";
            case ["string", "dname"]:
                return "DnsNameDecoder";
            case [var name] when s_ofBytes.TryGetValue(name, out string? ofBytes):
                return ofBytes;
            case [var name] when s_ofIntegers.ContainsKey(name):
            case ["uint", "errno" or "syscall"]:
                return ClassOfInteger(names[^1], type, out why);
            case ["static_map"]:
            case ["uint", "static_map"]:
                return ClassOfIntegers(type, "static_map", out why) is null
                    ? null
                    : classes.StaticMap(label.Name, classes.Unsigned(), chain[^1]);
            case [var name, "static_map"] when s_ofBytes.TryGetValue(name, out string? ofBytes):
                return classes.StaticMap(label.Name, ofBytes, chain[^1]);
            case ["string", "dname", "static_map"]:
                return classes.StaticMap(label.Name, "DnsNameDecoder", chain[^1]);
            default:
                why = WhyNot(names);
                return null;
        }
    }

    private static bool IsUnsigned(LayoutTypeUse type) =>
        type is { Count: 0, Element: "u8" or "u16" or "u32" or "u64" } && type.CName?.StartsWith("__be", StringComparison.Ordinal) != true;

    private string? ClassOfIntegers(LayoutTypeUse type, string decoder, out string why)
    {
        bool isStruct = LayoutTypeTokens.KindOf(type.Element) is Metadata.BpfTypeKind.Struct or Metadata.BpfTypeKind.Union;
        why = isStruct ? $"decoder '{decoder}' of a struct" : "";
        return isStruct ? null : classes.Unsigned();
    }

    private string? ClassOfInteger(string decoder, LayoutTypeUse type, out string why)
    {
        (string @class, string[] elements) = s_ofIntegers[decoder];
        why = "";
        if (type.Count == 0 && elements.Contains(type.Element))
            return @class == DecoderClasses.EncodedDevice ? classes.Device() : @class;
        string actual = type.Count == 0 ? type.Element : $"{type.Element}[{type.Count}]";
        why = $"decoder '{decoder}' of {type.CName ?? actual}: it takes {string.Join(" or ", elements)}";
        return null;
    }

    private static string WhyNot(string[] names) =>
        names.FirstOrDefault(IsUnknown) is { } unknown
            ? $"decoder '{unknown}': write a class that implements IBpfLabelDecoder<T>"
            : $"decoders '{string.Join("', '", names)}' in this order: write a class that implements IBpfLabelDecoder<T>";

    // kstack, pci_vendor, pci_device, pci_class, pci_subclass, and those of later versions.
    private static bool IsUnknown(string name) =>
        !s_ofBytes.ContainsKey(name) && !s_ofIntegers.ContainsKey(name) && name is not ("uint" or "static_map" or "regexp");
}
