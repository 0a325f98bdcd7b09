using System.Globalization;

namespace BpfMaps;

/// <summary>
/// Decodes device numbers in the kernel format (<c>dev_t</c> with 12 bits of major and 20 bits of minor number) to names: <c>sda1</c>. A
/// device without a name is <c>8:1</c>.
/// </summary>
public sealed class DeviceDecoder : IBpfLabelDecoder<uint>, IBpfLabelDecoder<ulong>
{
    private const int MinorBits = 20;

    /// <inheritdoc/>
    public string? Decode(ulong value) => value > uint.MaxValue ? null : Decode((uint)value);

    /// <inheritdoc/>
    public string? Decode(uint value)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"{value >> MinorBits}:{value & ((1 << MinorBits) - 1)}");
        return NameOf("block", number) ?? NameOf("char", number) ?? number;
    }

    private static string? NameOf(string kind, string number) =>
        new DirectoryInfo($"/sys/dev/{kind}/{number}").LinkTarget is { } target ? Path.GetFileName(target) : null;
}
