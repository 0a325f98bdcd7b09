using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Tool.Exporters;

/// <summary>The decoders that a configuration needs and the package BpfMaps.Metrics does not have: part of the declarations.</summary>
internal sealed class DecoderClasses
{
    public const string EncodedDevice = "EncodedDeviceDecoder";

    private const string UnsignedInteger = "UnsignedDecoder";

    private readonly NameScope _names = new([.. DeclarationMetrics.UsedNames, EncodedDevice, UnsignedInteger]);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The classes in the order of their names.</summary>
    public IReadOnlyDictionary<string, string> Texts => new SortedDictionary<string, string>(_texts, StringComparer.Ordinal);

    /// <summary>A decoder of integers of any type, without sign.</summary>
    public string Unsigned()
    {
        _texts[UnsignedInteger] = $$"""
            /// <summary>Decodes integers of 1 to 8 bytes in the byte order of this machine, without sign.</summary>
            public sealed class {{UnsignedInteger}} : IBpfLabelDecoder<ReadOnlySpan<byte>>
            {
                /// <inheritdoc/>
                public string? Decode(ReadOnlySpan<byte> value)
                {
                    if (value.Length > sizeof(ulong))
                        return null;
                    Span<byte> number = stackalloc byte[sizeof(ulong)];
                    number.Clear();
                    value.CopyTo(BitConverter.IsLittleEndian ? number : number.Slice(number.Length - value.Length));
                    return BitConverter.ToUInt64(number).ToString(System.Globalization.CultureInfo.InvariantCulture);
                }
            }
            """;
        return UnsignedInteger;
    }

    /// <summary>A decoder of device numbers as <c>new_encode_dev</c> of the kernel writes them.</summary>
    public string Device()
    {
        _texts[EncodedDevice] = $$"""
            /// <summary>Decodes device numbers as user space has them (<c>new_encode_dev</c>) to names.</summary>
            public sealed class {{EncodedDevice}} : IBpfLabelDecoder<uint>
            {
                private readonly DeviceDecoder _devices = new();

                /// <inheritdoc/>
                public string? Decode(uint value)
                {
                    uint major = (value >> 8) & 0xfff, minor = (value & 0xff) | ((value >> 12) & 0xfff00);
                    return _devices.Decode((major << 20) | minor);
                }
            }
            """;
        return EncodedDevice;
    }

    /// <summary>A decoder that replaces the texts of another one.</summary>
    /// <param name="label">The label, which names the class.</param>
    /// <param name="inner">The other decoder, which takes bytes.</param>
    /// <param name="map">The texts.</param>
    public string StaticMap(string label, string inner, ExporterDecoder map)
    {
        string name = _names.Take(CSharpNames.Pascal(label, "Label") + "Decoder", "");
        SourceWriter writer = new();
        writer.WriteLine($"/// <summary>Decodes the label <c>{DocText.Xml(label)}</c>.</summary>");
        writer.WriteLine($"public sealed class {name} : IBpfLabelDecoder<ReadOnlySpan<byte>>");
        writer.OpenBlock();
        writer.WriteLine($"private readonly {inner} _text = new();");
        writer.WriteLine();
        writer.WriteLine("/// <inheritdoc/>");
        writer.WriteLine("public string? Decode(ReadOnlySpan<byte> value) =>");
        writer.WriteLine("    _text.Decode(value) switch");
        writer.WriteLine("    {");
        writer.WriteLine("        null => null,");
        foreach ((string from, string to) in map.StaticMap)
            writer.WriteLine($"        {DocText.Literal(from)} => {DocText.Literal(to)},");
        writer.WriteLine(map.AllowsUnknown ? "        { } text => text," : "        { } text => $\"unknown:{text}\",");
        writer.WriteLine("    };");
        writer.CloseBlock();
        _texts[name] = writer.ToString().TrimEnd();
        return name;
    }
}
