using System.Collections.Immutable;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>
/// An edit makes the generator parse again exactly if a declaration may have another meaning. The output always equals that of a first run.
/// </summary>
public sealed class EditTests
{
    internal static readonly (string Path, string Text)[] Files =
    [
        (
            "Flow.cs",
            """
            using BpfMaps;
            using static Acme.Limits;
            namespace Acme.Net;

            [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(Number), MaxEntries = Entries)]
            public struct Flow
            {
                public ulong Packets; // all of them
                public Inner Part;
                public Seeded Seeded;
                public Split Split;
                public Slots Histogram;
                [BpfAggregate(Aggregation.Max)] public Kind Kind;
                public static int Twice(int number) => number * 2;
                public static int Half(int number) { return number / 2; }
            }
            """
        ),
        (
            "Inner.cs",
            """
            namespace Acme;
            public struct Inner
            {
                public uint First;
                public uint Number { get => 7; set { } }
                public static uint Zero => 0;
                public readonly uint Sum() => First + Number;
            }
            public struct Seeded(uint seed)
            {
                public uint First = seed;
                public readonly uint Sum() => First;
            }
            public partial struct Split(uint seed) { public uint First = seed; }
            """
        ),
        (
            "Split.cs",
            """
            namespace Acme;
            public partial struct Split { public uint Second; public uint Sum() => First; }
            """
        ),
        (
            "Slots.cs",
            """
            using System.Runtime.CompilerServices;
            using BpfMaps;
            namespace Acme;
            [InlineArray(Limits.Length)] public struct Slots { private uint _first; }
            public enum Kind : byte { None, Some }
            """
        ),
        (
            "Limits.cs",
            """
            namespace Acme;
            public static class Limits
            {
                public const uint Entries = 64;
                public const int Length = Half * 2;
                private const int Half = 2;
                public static readonly int Other = 3;
                public static System.Func<int> Later { get; } = () => 5;
            }
            """
        ),
        (
            "Usings.cs",
            """
            global using Number = System.UInt32;
            global using Table = BpfMaps.BpfMapAttribute;
            """
        ),
        (
            "Host.cs",
            """
            using BpfMaps;
            namespace Acme;
            public class Parts { public struct Part { public ulong Id; } }
            public partial class Host : Parts
            {
                private int _count;
                public Host() { _count = 1; }
                ~Host() { _count = 0; }
                public int Count { get => _count; set => _count = value; }
                public int this[int index] => index;
                public static Host operator +(Host left, Host right) => left;
                public event System.Action Changed { add { } remove { } }
                [Table(Type = BpfMaps.BpfMapType.Queue)] public struct Job { public Part Part; }
            }
            """
        ),
        (
            "Object.cs",
            """
            using BpfMaps;
            namespace Acme;
            [BpfObject("a.bpf.o")] public sealed partial class Loader;
            """
        ),
        (
            "/a.bpf.layout",
            """
            bpf-layout 1
            object byte-order=little
            map jobs type=Hash key=u32 key-size=4 value=u64 value-size=8 max-entries=1
            """
        ),
    ];

    [Theory]
    [InlineData("Inner.cs", "public uint First;", "public ushort First;")]
    [InlineData("Inner.cs", "get => 7;", "get => field;")]
    [InlineData("Inner.cs", "{ get => 7; set { } }", "{ get; set; }")]
    [InlineData("Inner.cs", "public static uint Zero => 0;", "public uint Zero;")]
    [InlineData("Inner.cs", "public static uint Zero => 0;", "public static void Accumulate(ref Inner total, in Inner value) { }")]
    [InlineData("Inner.cs", "public struct Inner", "file struct Inner")]
    [InlineData(
        "Inner.cs",
        "public struct Inner",
        "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 8)] public struct Inner"
    )]
    [InlineData("Inner.cs", "=> First;", "=> seed;")]
    [InlineData("Split.cs", "=> First;", "=> seed;")]
    [InlineData("Split.cs", "uint Second", "ushort Second")]
    [InlineData("Split.cs", "uint Second;", "uint Second; public event System.Action Changed;")]
    [InlineData("Slots.cs", "private uint _first", "private ulong _first")]
    [InlineData("Slots.cs", "Kind : byte", "Kind : uint")]
    [InlineData("Limits.cs", "Entries = 64", "Entries = 65")]
    [InlineData("Limits.cs", "private const int Half = 2", "private const int Half = 3")]
    [InlineData("Limits.cs", "Half * 2", "Half * 3")]
    [InlineData("Usings.cs", "System.UInt32", "System.UInt64")]
    [InlineData("Usings.cs", "global using Table = BpfMaps.BpfMapAttribute;", "")]
    [InlineData("Usings.cs", "BpfMaps.BpfMapAttribute", "System.ObsoleteAttribute")]
    [InlineData("Flow.cs", "public struct Flow", "internal struct Flow")]
    [InlineData("Flow.cs", "BpfMapType.PerCpuHash", "BpfMapType.LruPerCpuHash")]
    [InlineData("Flow.cs", "MaxEntries = Entries", "MaxEntries = Entries, ClassName = \"Chosen\"")]
    [InlineData("Flow.cs", "namespace Acme.Net", "namespace Acme.Other")]
    [InlineData("Flow.cs", "Aggregation.Max", "Aggregation.First")]
    [InlineData("Flow.cs", "public Inner Part;", "public Inner Part; public struct Inner { public ulong Nearer; }")]
    [InlineData("Flow.cs", "[BpfMap", "#if NEVER\n[BpfMap")]
    [InlineData("Host.cs", "public ulong Id", "public uint Id")]
    [InlineData("Host.cs", ": Parts", "")]
    [InlineData("Host.cs", "public partial class Host", "public class Host")]
    [InlineData("Host.cs", "public struct Part", "private struct Part")]
    [InlineData("Object.cs", "a.bpf.o", "b.bpf.o")]
    [InlineData("Object.cs", "partial class Loader", "partial class Opener")]
    [InlineData("Object.cs", "using BpfMaps;", "using BpfMaps; namespace Acme.Net { struct Inner { ulong Nearer; } }")]
    [InlineData("Object.cs", "using BpfMaps;", "using BpfMaps; namespace Acme.Net { public class FlowMap; }")]
    [InlineData("Object.cs", "using BpfMaps;", "using BpfMaps; namespace Acme.Net { internal partial class FlowMap; }")]
    [InlineData("Object.cs", "using BpfMaps;", "using BpfMaps; namespace Acme.BpfMaps { public class Nearer; }")]
    public void EditThatMatters_IsSeen(string path, string before, string after)
    {
        EditedProject project = EditedProject.Open(Files);
        ImmutableArray<(string, string)> first = project.Generated;

        project.Edit(path, before, after);

        Assert.Equal(project.GeneratedFresh(), project.Generated);
        Assert.NotEqual(first, project.Generated);
    }

    [Theory]
    [InlineData("Flow.cs", "number * 2", "number + number")]
    [InlineData("Flow.cs", "return number / 2;", "int half = number / 2; int Local() => half; return Local();")]
    [InlineData("Flow.cs", " // all of them", "")]
    [InlineData("Flow.cs", "namespace Acme.Net;\n", "namespace Acme.Net; /* why */ ")]
    [InlineData("Flow.cs", "[BpfMap", "/// <summary>New.</summary>\n[BpfMap")]
    [InlineData("Inner.cs", "get => 7;", "get => 8;")]
    [InlineData("Inner.cs", "set { }", "set { throw new System.Exception(); }")]
    [InlineData("Limits.cs", "Other = 3", "Other = 4")]
    [InlineData("Limits.cs", "() => 5", "() => { int six = 6; return six; }")]
    [InlineData("Host.cs", "{ _count = 1; }", "{ if (_count == 0) _count = 1; }")]
    [InlineData("Host.cs", "_count = 0;", "")]
    [InlineData("Host.cs", "get => _count;", "get => _count + 1;")]
    [InlineData("Host.cs", "=> index;", "=> index + 1;")]
    [InlineData("Host.cs", "=> left;", "=> right;")]
    [InlineData("Host.cs", "add { }", "add { _count++; }")]
    public void UnrelatedEdit_ParsesAndEmitsNothing(string path, string before, string after)
    {
        EditedProject project = EditedProject.Open(Files);
        ImmutableArray<(string, string)> first = project.Generated;

        project.Edit(path, before, after);

        AssertNothingRan(project);
        Assert.Equal(first, project.Generated);
        Assert.Equal(project.GeneratedFresh(), project.Generated);
    }

    [Theory]
    [InlineData("Limits.cs", "public const uint Entries", "public static void Added() { } public const uint Entries")]
    [InlineData("Inner.cs", "namespace Acme;", "namespace Acme; internal sealed class Added { private int _field; }")]
    [InlineData("Host.cs", "public partial class Host", "internal partial class Host")]
    [InlineData("Host.cs", "public Host() { _count = 1; }", "public Host() => _count = 1;")]
    [InlineData("Split.cs", "=> First;", "=> Second;")]
    [InlineData("Limits.cs", "namespace Acme;", "#nullable disable\nnamespace Acme;")]
    public void EditThatMightMatter_IsParsedAndEmitsNothing(string path, string before, string after)
    {
        EditedProject project = EditedProject.Open(Files);

        project.Edit(path, before, after);

        Assert.Equal(Reason.Unchanged, project.Parse());
        Assert.All(project.Reasons(BpfMapGenerator.MapsStep), static reason => Assert.Equal(Reason.Cached, reason));
        Assert.All(project.Outputs(), static reason => Assert.Equal(Reason.Cached, reason));
        Assert.Equal(project.GeneratedFresh(), project.Generated);
    }

    [Fact]
    public void EditOfOneMap_EmitsThatOneOnly()
    {
        EditedProject project = EditedProject.Open(Files);

        project.Edit("Host.cs", "public ulong Id", "public uint Id");

        Assert.Equal([Reason.Unchanged, Reason.Modified], project.Reasons(BpfMapGenerator.MapsStep));
        Assert.Single(project.Outputs(), Reason.Modified);
        Assert.All(project.Reasons(BpfMapGenerator.LayoutsStep), static reason => Assert.Equal(Reason.Cached, reason));
    }

    [Fact]
    public void StatementsOfAProgram_AreUnrelated()
    {
        EditedProject project = EditedProject.Open([("Program.cs", "int number = 1;\n"), .. Files]);

        project.Write("Program.cs", "int number = 2;\nSystem.Console.WriteLine(number);\n");

        AssertNothingRan(project);
    }

    /// <summary>
    /// The variables and functions of a program's statements are found in all files: one that has the name of a namespace hides it. An
    /// unfinished using directive is such a variable.
    /// </summary>
    [Theory]
    [InlineData("usin Other;", "usin BpfMaps;")]
    [InlineData("int first = 1;", "int BpfMaps = 1;")]
    [InlineData("_ = int.TryParse(\"1\", out int first);", "_ = int.TryParse(\"1\", out int BpfMaps);")]
    [InlineData("int first = 1; int second = 2;", "int first = 1; int BpfMaps = 2;")]
    [InlineData("void First() { }", "void BpfMaps() { }")]
    public void NamesOfAProgram_AreSeen(string before, string after)
    {
        EditedProject project = EditedProject.Open([("Program.cs", before), .. Files]);
        ImmutableArray<(string, string)> first = project.Generated;

        project.Write("Program.cs", after);
        Assert.Equal(project.GeneratedFresh(), project.Generated);
        Assert.NotEqual(first, project.Generated);

        project.Write("Program.cs", before);
        Assert.Equal(first, project.Generated);
    }

    /// <summary>Each edit is compared with an old state of the pipeline, which must still be usable.</summary>
    [Fact]
    public void UnrelatedEdits_StayUnrelatedHoweverMany()
    {
        EditedProject project = EditedProject.Open(Files);
        string number = "number * 2",
            index = "=> index;";
        for (int edit = 0; edit < 6; edit++)
        {
            project.Edit("Flow.cs", number, number = $"number * {edit + 10}");
            AssertNothingRan(project);
            GC.Collect();
            project.Edit("Host.cs", index, index = $"=> index + {edit + 10};");
            AssertNothingRan(project);
            GC.Collect();
        }
        project.Edit("Inner.cs", "public uint First;", "public ulong First;");
        Assert.Equal(project.GeneratedFresh(), project.Generated);
    }

    [Fact]
    public void EditThatIsTakenBack_IsTakenBack()
    {
        EditedProject project = EditedProject.Open(Files);
        ImmutableArray<(string, string)> first = project.Generated;

        project.Edit("Inner.cs", "public uint First;", "public ushort First;");
        project.Edit("Inner.cs", "public ushort First;", "public uint First;");

        Assert.Equal(first, project.Generated);
    }

    internal static void AssertNothingRan(EditedProject project)
    {
        Assert.Equal(Reason.Cached, project.Parse());
        foreach (string step in new[] { BpfMapGenerator.MapsStep, BpfMapGenerator.LayoutsStep, BpfMapGenerator.ObjectsStep })
            Assert.All(project.Reasons(step), static reason => Assert.Equal(Reason.Cached, reason));
        Assert.NotEmpty(project.Outputs());
        Assert.All(project.Outputs(), static reason => Assert.Equal(Reason.Cached, reason));
    }
}
