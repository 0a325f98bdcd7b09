using BpfMaps.Metadata;
using CsCheck;

namespace BpfMaps.Tests;

/// <summary>
/// Types that refer to each other in any way: shared, nested, in circles, with huge counts and long names. The cost of reading them is
/// limited by the size of the input.
/// </summary>
public sealed class TypeGraphTests
{
    /// <summary>Of the type table, the names and the lines, for inputs of a few KB.</summary>
    private const long MostBytes = 128 << 20;

    private static readonly uint[] s_counts = [0, 1, 2, 3, 255, 65536, 1 << 29, int.MaxValue, uint.MaxValue];

    [Fact]
    public void AnyGraph_IsReadInBoundedMemory() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int)
            .Sample(
                (count, seed) =>
                {
                    byte[] file = CraftedObject.With(Graph(count, new Random(seed)));
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    Read(file);
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
                },
                iter: 400,
                threads: 1
            );

    [Theory]
    [InlineData(2, 31)]
    [InlineData(3, 19)]
    [InlineData(16, 7)]
    public void TypesThatShareTypes_AreDescribedOnce(int fields, int levels)
    {
        CraftedBtf crafted = new();
        uint type = crafted.Int("unsigned char", 1),
            size = 1;
        for (int level = 0; level < levels && size * (ulong)fields < 1u << 30; level++)
        {
            uint inner = type,
                innerSize = size;
            size *= (uint)fields;
            type = crafted.Struct(
                "",
                size,
                [.. Enumerable.Range(0, fields).Select(index => ($"f{index}", inner, (uint)index * innerSize * 8 % uint.MaxValue))]
            );
            if (size * 8ul > uint.MaxValue / 2)
                break;
        }
        crafted.Struct("top", size, ("all", type, 0));

        long before = GC.GetAllocatedBytesForCurrentThread();
        string text = Read(CraftedObject.With(crafted));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.InRange(text.Length, 100, 200_000);
    }

    [Theory]
    [InlineData(20_000)]
    public void ManyOfEachSort_AreDescribed(int count)
    {
        CraftedBtf crafted = new();
        uint number = crafted.Int("unsigned int", 4),
            truth = crafted.Int("_Bool", 1, encoding: 4);
        crafted.Struct("same", 4 * (uint)count, [.. Enumerable.Range(0, count).Select(index => ("a", number, (uint)index * 32))]);
        crafted.Struct("truths", (uint)count, [.. Enumerable.Range(0, count).Select(index => ($"t{index}", truth, (uint)index * 8))]);
        uint[] bits =
        [
            .. Enumerable.Range(0, count).SelectMany(index => (uint[])[crafted.Text($"b{index}"), number, 3u << 24 | (uint)(index % 8)]),
        ];
        crafted.Add(BtfKind.Struct, "bits", 4, count, true, bits);
        crafted.Add(
            BtfKind.Enum,
            "constants",
            4,
            count,
            false,
            [.. Enumerable.Range(0, count).SelectMany(index => (uint[])[crafted.Text($"C{index}"), (uint)index])]
        );

        long before = GC.GetAllocatedBytesForCurrentThread();
        string text = Read(CraftedObject.With(crafted), "same", "truths", "bits", "constants");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.Equal(
            4 * count,
            text.Split('\n')
                .Count(static line =>
                    line.StartsWith("  field ", StringComparison.Ordinal) || line.StartsWith("  value ", StringComparison.Ordinal)
                )
        );
    }

    /// <summary>Describes an object, and compares its last struct with itself; corrupt types end the reading.</summary>
    private static string Read(byte[] file, params string[] types)
    {
        try
        {
            BpfObjectFile read = BpfObjectFile.Parse(file, "graph.bpf.o");
            string text = LayoutWriter.Write(read, types);
            if (
                read.Btf!.OfKind(BtfKind.Struct).LastOrDefault() is { } type
                && read.Btf.TryGetLayout(type.Id, out BpfTypeLayout? layout, out _)
            )
                LayoutComparison.Compare(layout, layout);
            return text;
        }
        catch (BpfFormatException)
        {
            return "";
        }
    }

    private static CraftedBtf Graph(int count, Random random)
    {
        CraftedBtf crafted = new();
        crafted.Int("unsigned char", 1);
        crafted.Int("unsigned int", 4);
        for (int index = 0; index < count; index++)
        {
            // Mostly what was there before: circles are refused, and then there is nothing to walk.
            uint Any() => (uint)random.Next(1, random.Next(20) == 0 ? count + 2 : index + 3);
            string name = random.Next(4) switch
            {
                0 => "",
                1 => new string('n', random.Next(1, 500)),
                _ => $"t{random.Next(5)}",
            };
            switch (random.Next(6))
            {
                case 0:
                    crafted.Add(BtfKind.Array, "", 0, entries: [Any(), 2, s_counts[random.Next(s_counts.Length)]]);
                    break;
                case 1:
                    crafted.Add(BtfKind.Typedef, name.Length == 0 ? "t" : name, Any());
                    break;
                case 2:
                    crafted.Add(BtfKind.Union, name, 1u << random.Next(31), 2, false, crafted.Text("a"), Any(), 0, 0, Any(), 0);
                    break;
                case 3:
                    crafted.Add(BtfKind.Enum, name, 1u << random.Next(4), 1, false, crafted.Text($"C{index}"), (uint)random.Next());
                    break;
                default:
                    crafted.Struct(
                        name,
                        1u << random.Next(31),
                        [
                            .. Enumerable
                                .Range(0, random.Next(5))
                                .Select(field => ($"f{field}", Any(), (uint)(random.Next(1 << random.Next(28)) * 8L))),
                        ]
                    );
                    break;
            }
        }
        return crafted;
    }
}
