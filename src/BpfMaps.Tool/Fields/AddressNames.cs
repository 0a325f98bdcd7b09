using System.Text.RegularExpressions;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Fields;

/// <summary>Recognizes addresses by the types and names that the kernel and BPF programs use for them.</summary>
internal static partial class AddressNames
{
    private const int HardwareAddressSize = 6;

    // Numbers of 4 bytes that programs copy from packets and that the kernel's own structs hold in network byte order.
    private static readonly HashSet<string> s_numbers =
    [
        "saddr",
        "daddr",
        "src_ip",
        "dst_ip",
        "src_addr",
        "dst_addr",
        "local_ip4",
        "remote_ip4",
        "user_ip4",
        "msg_src_ip4",
    ];

    public static bool IsAddress(BpfTypeLayout type, string name, int count) =>
        (type, count) switch
        {
            ({ Kind: BpfTypeKind.Struct, Name: "in_addr", Size: 4 } or { Kind: BpfTypeKind.Struct, Name: "in6_addr", Size: 16 }, 0) => true,
            ({ Kind: BpfTypeKind.Unsigned, Name: "__be32", Size: 4 }, 0) => true,
            ({ Kind: BpfTypeKind.Unsigned, Size: 4 }, 0) => s_numbers.Contains(name),
            ({ Kind: BpfTypeKind.Unsigned, Size: 1 }, 4 or 16) => Address().IsMatch(name),
            ({ Kind: BpfTypeKind.Unsigned, Size: 4 }, 4) => Address6().IsMatch(name),
            _ => false,
        };

    public static bool IsHardwareAddress(BpfTypeLayout type, string name, int count) =>
        count == HardwareAddressSize && type is { Kind: BpfTypeKind.Unsigned, Size: 1 } && HardwareAddress().IsMatch(name);

    [GeneratedRegex("(^|_|[sd]|src|dst)(ip|addr|address)(v?[46])?($|_)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("(ip|addr)v?6|v6(ip|addr)|^in6", RegexOptions.IgnoreCase)]
    private static partial Regex Address6();

    [GeneratedRegex("(^|_|[sd]|src|dst)mac($|_)|^h_(dest|source)$|^(hw|ll|eth)_?addr", RegexOptions.IgnoreCase)]
    private static partial Regex HardwareAddress();
}
