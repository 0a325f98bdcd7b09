using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BtfWriterTests
{
    public static TheoryData<string, bool> FixtureValues
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (
                string map in (string[])
                    [
                        "nested",
                        "anonymous",
                        "bits",
                        "packed",
                        "aligned",
                        "matrix",
                        "typedefs",
                        "pointers",
                        "locked",
                        "text",
                        "numbers",
                        "number",
                    ]
            )
            {
                data.Add(map, false);
                data.Add(map, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FixtureValues))]
    public void LayoutReadBack_IsTheSame(string map, bool isBigEndian)
    {
        BpfTypeLayout layout = Fixture.Value(map);
        BtfBlob blob = BtfWriter.Write(BpfTypeLayout.Of<uint>(), layout, isBigEndian);
        Btf btf = Btf.Parse(blob.Data, "written");
        Assert.Equal(isBigEndian, btf.IsBigEndian);
        Assert.Equal(LayoutLines.Of(layout), LayoutLines.Of(btf.GetLayout(blob.ValueTypeId)));
        Assert.Equal("__u32 (4 bytes)", btf.GetLayout(blob.KeyTypeId).ToString());
    }

    [Theory]
    [MemberData(nameof(FixtureValues))]
    public void WrittenBtf_IsAcceptedByTheKernel(string map, bool isBigEndian)
    {
        Require.Kernel();
        if (isBigEndian == BitConverter.IsLittleEndian)
            return; // The kernel accepts only its own byte order.
        BtfBlob blob = BtfWriter.Write(BpfTypeLayout.Of<ulong>(), Fixture.Value(map));
        if (blob.HasFloats)
            Require.Feature(KernelFeature.FloatingPointTypes);
        Assert.Equal(Errno.Ok, BpfHost.Kernel.LoadBtf(blob.Data, out SafeHandle? handle));
        handle!.Dispose();
    }

    [Fact]
    public void FieldsOutOfOrder_AreSortedByOffset()
    {
        BpfTypeLayout type = BpfTypeLayout.Struct("T", 8, 4, new("B", 4, BpfTypeLayout.Of<uint>()), new("A", 0, BpfTypeLayout.Of<uint>()));
        BtfBlob blob = BtfWriter.Write(null, type);
        Assert.Equal(0u, blob.KeyTypeId);
        Assert.Equal("T (8 bytes): A u32 @0, B u32 @4", Btf.Parse(blob.Data, "written").GetLayout(blob.ValueTypeId).ToString());
    }

    [Theory]
    [InlineData("Packets", "Packets")]
    [InlineData("", "")]
    [InlineData("FlowStats.Key", "FlowStats_Key")]
    [InlineData("<Value>k__BackingField", "Value")]
    [InlineData("Pair<uint>", "Pair_uint_")]
    [InlineData("größe", "gr__e")]
    [InlineData("1st", "_1st")]
    public void Name_BecomesACIdentifier(string name, string expected) => Assert.Equal(expected, BtfNames.Identifier(name));

    [Fact]
    public void LongName_IsTruncated() => Assert.Equal(new string('n', 127), BtfNames.Identifier(new string('n', 500)));

    [Fact]
    public void TypeUsedTwice_IsWrittenOnce()
    {
        BpfTypeLayout pair = BpfTypeLayout.Struct(
            "Pair",
            8,
            4,
            new("A", 0, BpfTypeLayout.Of<uint>()),
            new("B", 4, BpfTypeLayout.Of<uint>())
        );
        BpfTypeLayout both = BpfTypeLayout.Struct("Both", 16, 4, new("First", 0, pair), new("Second", 8, pair));
        BtfBlob blob = BtfWriter.Write(pair, both);
        Assert.Equal(4, Btf.Parse(blob.Data, "written").Count); // void, __u32, Pair, Both
    }

    [Fact]
    public void Enumerations_AreWrittenAsIntegers()
    {
        BpfTypeLayout type = BpfTypeLayout.Struct(
            "T",
            8,
            4,
            new("Color", 0, BpfTypeLayout.Scalar("Color", BpfTypeKind.SignedEnum, 4)),
            new("Mode", 4, BpfTypeLayout.Scalar("My.Mode", BpfTypeKind.Enum, 4))
        );
        BtfBlob blob = BtfWriter.Write(null, type);
        Assert.Equal("T (8 bytes): Color s32 @0, Mode u32 @4", Btf.Parse(blob.Data, "written").GetLayout(blob.ValueTypeId).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FloatsForOldKernels_AreIntegersOfTheirNameAndSize(bool isBigEndian)
    {
        BpfTypeLayout type = BpfTypeLayout.Struct(
            "T",
            24,
            8,
            new("Short", 0, BpfTypeLayout.Of<float>()),
            new("Many", 4, BpfTypeLayout.Of<float>(), 2),
            new("Long", 16, BpfTypeLayout.Of<double>())
        );
        BtfBlob written = BtfWriter.Write(null, type, isBigEndian),
            old = BtfWriter.Write(null, type, isBigEndian, hasFloats: false);
        Assert.True(written.HasFloats);
        Assert.Equal(2, Btf.Parse(written.Data, "written").OfKind(BtfKind.Float).Count());

        Btf btf = Btf.Parse(old.Data, "written");
        Assert.Empty(btf.OfKind(BtfKind.Float));
        Assert.Equal(
            [("float", 4u), ("double", 8u)],
            btf.OfKind(BtfKind.Int).Where(static number => number.Name != "__u32").Select(static number => (number.Name, number.Size))
        );
        Assert.Equal(LayoutLines.Of(type), LayoutLines.Of(btf.GetLayout(old.ValueTypeId)));
    }

    [Fact]
    public void FloatsForOldKernels_AreAcceptedByTheKernel()
    {
        Require.Kernel();
        BpfTypeLayout type = BpfTypeLayout.Struct(
            "T",
            16,
            8,
            new("Short", 0, BpfTypeLayout.Of<float>()),
            new("Long", 8, BpfTypeLayout.Of<double>())
        );
        BtfBlob blob = BtfWriter.Write(BpfTypeLayout.Of<float>(), type, hasFloats: false);
        Assert.Equal(Errno.Ok, BpfHost.Kernel.LoadBtf(blob.Data, out SafeHandle? handle));
        handle!.Dispose();
    }

    [Fact]
    public void TypesWithoutFloats_AreWrittenOnce() =>
        Assert.False(BtfWriter.Write(BpfTypeLayout.Of<uint>(), Fixture.Value("nested")).HasFloats);
}
