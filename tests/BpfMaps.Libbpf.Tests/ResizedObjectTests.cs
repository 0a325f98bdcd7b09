using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Arrays of global data whose lengths are set before the load: possible with libbpf 1.3, refused with older versions.</summary>
public sealed class ResizedObjectTests
{
    private const int Length = 1500; // More than a page of each array, so that their memory moves.

    private static bool IsSupported => Version.Parse(Libbpf.Version.TrimStart('v')) >= new Version(1, 3);

    [Fact]
    public void CommittedLayout_IsThatOfTheObject() =>
        Assert.Equal(
            LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("resized"))),
            File.ReadAllText(ClangCompiler.FixturePath("resized.bpf.layout"))
        );

    [Fact]
    public void Resize_IsSeenByTheProgramAndTheViews()
    {
        using ResizedObject resized = Open();
        if (!IsSupported)
        {
            AssertRefused(() => resized.Rodata.ResizeFactors(Length));
            return;
        }
        Span<uint> factors = resized.Rodata.ResizeFactors(Length);
        Span<ulong> values = resized.DataValues.ResizeValues(Length);
        Assert.Equal((Length, Length), (factors.Length, values.Length));
        Assert.Equal([1u, 0u], factors[..2].ToArray());
        Assert.Equal([1ul, 2ul, 0ul], values[..3].ToArray());
        resized.Rodata.Length = Length;
        factors.Fill(2);
        values[^1] = 7;

        resized.Load();

        using ResizedObject.DataValuesSection.View view = resized.DataValues.Map();
        Assert.Equal(Length, view.AllValues.Length);
        Assert.Equal((1ul, 2ul, 7ul), (view.AllValues[0], view.AllValues[1], view.AllValues[^1]));
        resized.Multiply.TestRun(contextIn: new byte[8]);
        Assert.Equal(20 * (Length * (Length - 1ul) / 2), resized.Bss.Sum);
        Assert.Equal((0ul, 10ul, 10ul * (Length - 1)), (view.Values[0], view.AllValues[1], view.AllValues[^1]));
        Assert.Equal(10ul, resized.DataValues.Values[1]);
        Assert.Equal((uint)Length, resized.Rodata.Length);
        Assert.Throws<InvalidOperationException>(() => resized.DataValues.ResizeValues(2));
    }

    [Fact]
    public void ResizedMap_TellsTheKernelItsTypes()
    {
        using ResizedObject resized = Open();
        if (!IsSupported)
            return;
        resized.DataValues.ResizeValues(Length);

        resized.Load();

        using RawMap map = resized.Object.GetMap(".data.values").Open();
        Assert.Equal(Length * sizeof(ulong), map.ValueSize);
        Assert.NotEqual(0u, map.Info.BtfValueTypeId);
    }

    [Fact]
    public void ValueSizeOfASection_MovesTheInitialValue()
    {
        using ResizedObject resized = Open();
        BpfObjectMap section = resized.Object.GetMap(".data.values");
        if (!IsSupported)
        {
            AssertRefused(() => section.ValueSize = 8 * Length);
            Assert.Equal((16, 16), (section.ValueSize, section.InitialValue.Length));
            return;
        }
        section.ValueSize = 8 * Length;
        Assert.Equal((8 * Length, 8 * Length), (section.ValueSize, section.InitialValue.Length));
        MemoryMarshal.Write(section.InitialValue[^8..], 9ul);
        section.ValueSize = 8; // Shorter than declared.
        Assert.Equal((8, 1ul), (section.InitialValue.Length, MemoryMarshal.Read<ulong>(section.InitialValue)));

        resized.Load();

        using ResizedObject.DataValuesSection.View view = resized.DataValues.Map();
        Assert.Equal([1ul], view.AllValues.ToArray());
    }

    [Theory]
    [InlineData(".data.single", 8, "'single' is not an array")]
    [InlineData(".data.values", 20, "a multiple of 8")]
    [InlineData(".data.values", 0, "a multiple of 8")]
    public void SizeThatDoesNotFit_IsRefused(string map, int size, string reason)
    {
        using ResizedObject resized = Open();
        BpfObjectMap section = resized.Object.GetMap(map);
        int before = section.ValueSize;
        if (IsSupported)
            Assert.Contains(reason, Assert.Throws<ArgumentException>(() => section.ValueSize = size).Message, StringComparison.Ordinal);
        else
            AssertRefused(() => section.ValueSize = size);
        Assert.Equal((before, before), (section.ValueSize, section.InitialValue.Length));
        section.ValueSize = before; // Always possible.
        Assert.Throws<InvalidOperationException>(() => section.KeySize = 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => section.ValueSize = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => resized.DataValues.ResizeValues(0));
    }

    private static ResizedObject Open() => ResizedObject.Open(CompiledFixture.Path("resized"));

    private static void AssertRefused(Action action)
    {
        string message = Assert.Throws<BpfNotSupportedException>(action).Message;
        Assert.Contains("requires libbpf 1.3", message, StringComparison.Ordinal);
        Assert.Contains($"this machine has libbpf {Libbpf.Version.TrimStart('v')}", message, StringComparison.Ordinal);
    }
}
