using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary><c>bpfmaps dump</c> prints whatever bytes a map holds.</summary>
public sealed class DumpTests
{
    private static readonly BpfTypeLayout s_double = BpfTypeLayout.Of<double>();
    private static readonly BpfTypeLayout s_float = BpfTypeLayout.Of<float>();

    [Theory]
    [InlineData(double.NaN, "NaN", "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "Infinity", "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "-Infinity", "\"-Infinity\"")]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(-0.0, "-0", "-0")]
    [InlineData(1e300, "1E+300", "1E+300")]
    public void FloatingPoint_IsPrintedWhateverItIs(double number, string text, string json)
    {
        BpfTypeLayout value = BpfTypeLayout.Struct(
            "value",
            16,
            8,
            new BpfFieldLayout("d", 0, s_double),
            new BpfFieldLayout("f", 8, s_float)
        );
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(8), double.IsFinite(number) ? 0 : (float)number);
        using RawMap map = Map(BpfTypeLayout.Of<uint>(), value);
        map.Update(new byte[4], bytes);

        Assert.StartsWith($"0 -> {{ d: {text}, f: ", Dump(map), StringComparison.Ordinal);
        JsonElement element = DumpJson(map)[0].GetProperty("value");
        Assert.Equal(json, element.GetProperty("d").GetRawText());
    }

    [Fact]
    public void ArrayAsAKey_IsPrintedAsTheArray()
    {
        using RawMap text = Map(ArrayOf(BpfTypeLayout.Char8, 8), BpfTypeLayout.Of<uint>()),
            numbers = Map(ArrayOf(BpfTypeLayout.Of<ushort>(), 4), BpfTypeLayout.Of<uint>());
        text.Update("ok\0\0\0\0\0\0"u8, new byte[4]);
        numbers.Update([1, 0, 2, 0, 3, 0, 4, 0], new byte[4]);

        Assert.Equal("\"ok\" -> 0\n1 element\n", Dump(text));
        Assert.Equal("[ 1, 2, 3, 4 ] -> 0\n1 element\n", Dump(numbers));
        Assert.Equal("ok", DumpJson(text)[0].GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Array, DumpJson(numbers)[0].GetProperty("key").ValueKind);
    }

    [Fact]
    public void KeysThatDifferInAnyByte_AreToldApart()
    {
        byte[][] keys =
        [
            [0xe2, 0x82, 0x28],
            [0xe2, 0x83, 0x28],
            [0xef, 0xbf, 0xbd],
            [.. "\\xe2"u8],
            [.. "\\\\xe2"u8],
            [0xe2],
            [(byte)'a'],
            [(byte)'a', 0, 1],
            [(byte)'a', 0, 0xff],
            [(byte)'\\', 0xff],
            [.. "\\\\\\xff"u8],
            [0x1b, (byte)'[', (byte)'3', (byte)'1', (byte)'m'],
            [.. "\\u001b"u8],
            [0xed, 0xa0, 0x80],
        ];
        using RawMap map = Map(ArrayOf(BpfTypeLayout.Char8, 8), BpfTypeLayout.Of<byte>(), entries: keys.Length);
        foreach (byte[] key in keys)
            map.Update([.. key, .. new byte[8 - key.Length]], new byte[1]);

        string[] lines = Dump(map).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(keys.Length, lines[..^1].Distinct().Count());
        Assert.Equal(keys.Length, DumpJson(map).Select(static element => element.GetProperty("key").GetString()).Distinct().Count());
        Assert.Contains("\"\\xe2\\x82(\" -> 0", lines);
        Assert.DoesNotContain('\x1b', string.Concat(lines));
    }

    [Fact]
    public void TextOfAValue_EndsAtItsNul()
    {
        using RawMap map = Map(BpfTypeLayout.Of<uint>(), ArrayOf(BpfTypeLayout.Char8, 8));
        map.Update(new byte[4], [.. "é\x01x"u8, 0, 7, 7, 7]);

        Assert.Equal("0 -> \"é\\u0001x\"\n1 element\n", Dump(map));
        Assert.Equal("é\u0001x", DumpJson(map)[0].GetProperty("value").GetString());
    }

    [Fact]
    public void RandomBytesUnderRandomTypes_AreValidJson()
    {
        Random random = new(5);
        BpfTypeLayout[] scalars =
        [
            BpfTypeLayout.Of<byte>(),
            BpfTypeLayout.Of<sbyte>(),
            BpfTypeLayout.Of<ushort>(),
            BpfTypeLayout.Of<int>(),
            BpfTypeLayout.Of<ulong>(),
            BpfTypeLayout.Of<long>(),
            s_float,
            s_double,
            BpfTypeLayout.Char8,
            BpfTypeLayout.Of<System.Int128>(),
        ];
        for (int round = 0; round < 12; round++)
        {
            List<BpfFieldLayout> fields = [];
            int size = 0;
            for (int index = 0; index < 12; index++)
            {
                BpfTypeLayout type = scalars[random.Next(scalars.Length)];
                BpfFieldLayout field = new(
                    "f" + index.ToString(CultureInfo.InvariantCulture),
                    (size + type.Alignment - 1) / type.Alignment * type.Alignment,
                    type,
                    random.Next(4)
                );
                fields.Add(field);
                size = field.Offset + field.Size;
            }
            size = (size + 15) / 16 * 16;
            using RawMap map = Map(BpfTypeLayout.Of<uint>(), BpfTypeLayout.Struct("value", size, 16, [.. fields]), entries: 20);
            byte[] key = new byte[4],
                value = new byte[size];
            for (int element = 0; element < 20; element++)
            {
                random.NextBytes(value);
                key[0] = (byte)element;
                map.Update(key, value);
            }

            Assert.Equal(20, DumpJson(map).Length);
            Assert.EndsWith("\n20 elements\n", Dump(map), StringComparison.Ordinal);
        }
    }

    private static BpfTypeLayout ArrayOf(BpfTypeLayout element, int count) =>
        BpfTypeLayout.Struct("", element.Size * count, element.Alignment, new BpfFieldLayout("", 0, element, count));

    /// <summary>A hash that the kernel knows the types of.</summary>
    private static RawMap Map(BpfTypeLayout key, BpfTypeLayout value, int entries = 1)
    {
        Require.Kernel();
        return new BpfMapSchema
        {
            Type = BpfMapType.Hash,
            Name = "dumptest",
            MaxEntries = (uint)entries,
            Key = key,
            Value = value,
        }.Create(null, null);
    }

    private static string Dump(RawMap map, params string[] options)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([
            "dump",
            map.Info.Id.ToString(CultureInfo.InvariantCulture),
            .. options,
        ]);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    private static JsonElement[] DumpJson(RawMap map)
    {
        using JsonDocument json = JsonDocument.Parse(Dump(map, "--json"));
        return [.. json.RootElement.EnumerateArray().Select(static element => element.Clone())];
    }
}
