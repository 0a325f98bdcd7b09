using System.Collections.Immutable;
using CsCheck;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>After random sequences of edits, incremental output equals the output of a new driver.</summary>
public sealed class RandomEditTests
{
    /// <summary>Places in the files of <see cref="EditTests"/>, with alternative texts; the first is the original.</summary>
    private static readonly (string Path, string[] Texts)[] s_places =
    [
        ("Flow.cs", ["public ulong Packets;", "public uint Packets;", "private ulong Packets;", "public Missing Packets;", ""]),
        ("Flow.cs", ["number * 2", "number * 3", "typeof(Missing)"]),
        ("Flow.cs", ["namespace Acme.Net;", "namespace Acme;", "namespace Acme.Net.Deep;", "namespace Elsewhere;"]),
        ("Flow.cs", ["public Kind Kind;", "public int Kind;", "public byte Kind;"]),
        ("Flow.cs", ["[BpfMap(", "[BpfMaps.BpfMapAttribute(", "[Table(", "[Missing("]),
        ("Inner.cs", ["get => 7;", "get => 8;", "get => field;", "get;", "get { return field + 1; }"]),
        ("Inner.cs", ["=> First;", "=> seed;", "{ return First; }", "{ return seed; }"]),
        (
            "Inner.cs",
            ["public struct Inner", "internal struct Inner", "file struct Inner", "public ref struct Inner", "public struct Inner<T>"]
        ),
        (
            "Inner.cs",
            [
                "public static uint Zero => 0;",
                "public uint Zero;",
                "public const uint Zero = 0;",
                "public static void Accumulate(ref Inner total, in Inner value) { }",
                "private static void Accumulate(ref Inner total, in Inner value) { }",
            ]
        ),
        ("Split.cs", ["public uint Second;", "public ushort Second;", "public event System.Action? Second;"]),
        ("Slots.cs", ["Limits.Length", "3", "Limits.Missing", "Flags.All", "(int)Limits.Entries"]),
        ("Slots.cs", ["Kind : byte", "Kind : long", "Kind"]),
        ("Limits.cs", ["Entries = 64", "Entries = 128", "Entries = (uint)Length"]),
        ("Limits.cs", ["Half = 2", "Half = 5", "Half = 0", "Half = Other"]),
        ("Usings.cs", ["Number = System.UInt32", "Number = System.UInt64", "Number = System.String", "Other = System.UInt32"]),
        ("Usings.cs", ["BpfMaps.BpfMapAttribute", "System.ObsoleteAttribute", "Missing"]),
        ("Host.cs", ["public ulong Id;", "public uint Id;", "public byte Id; public uint Behind;"]),
        ("Host.cs", [": Parts", ": Parts, System.IDisposable", ""]),
        ("Host.cs", ["{ _count = 1; }", "{ _count = 2; }", ";", "=> _count = 3;"]),
        (
            "Object.cs",
            [
                "using BpfMaps;",
                "using BpfMaps; namespace Acme.Net { public struct Inner { public long Nearer; } }",
                "using BpfMaps; namespace Acme.Net { public partial class FlowMap; }",
                "using BpfMaps; namespace Acme.BpfMaps { class Nearer; }",
                "using BpfMaps; namespace Acme { enum Flags { All = 7 } }",
            ]
        ),
        ("Object.cs", ["a.bpf.o", "b.bpf.o", ""]),
    ];

    private static readonly Gen<(int Place, int Text)[]> s_edits = Gen.Int[0, s_places.Length - 1]
        .SelectMany(static place => Gen.Int[0, s_places[place].Texts.Length - 1].Select(text => (place, text)))
        .Array[1, 8];

    [Fact]
    public void Edits_LeaveWhatAFirstRunMakes() =>
        s_edits.Sample(
            static edits =>
            {
                EditedProject project = EditedProject.Open(EditTests.Files);
                int[] chosen = new int[s_places.Length];
                foreach ((int place, int text) in edits)
                {
                    chosen[place] = text;
                    project.Write(s_places[place].Path, TextOf(s_places[place].Path, chosen));
                    ImmutableArray<(string, string)> fresh = project.GeneratedFresh();
                    Assert.True(
                        fresh.SequenceEqual(project.Generated),
                        $"After '{s_places[place].Texts[text]}' in {s_places[place].Path}:\n{Names(project.Generated)}\nis generated, and from nothing:\n{Names(fresh)}"
                    );
                }
            },
            iter: 60,
            threads: 1
        );

    [Fact]
    public void Places_AreInTheFiles() =>
        Assert.All(
            s_places,
            static place => Assert.Equal(2, EditTests.Files.Single(file => file.Path == place.Path).Text.Split(place.Texts[0]).Length)
        );

    private static string TextOf(string path, int[] chosen)
    {
        string text = EditTests.Files.Single(file => file.Path == path).Text;
        for (int place = 0; place < s_places.Length; place++)
        {
            if (s_places[place].Path == path)
                text = text.Replace(s_places[place].Texts[0], s_places[place].Texts[chosen[place]], StringComparison.Ordinal);
        }
        return text;
    }

    private static string Names(ImmutableArray<(string HintName, string Text)> generated) =>
        string.Join('\n', generated.Select(static g => g.HintName + " " + g.Text.Length));
}
