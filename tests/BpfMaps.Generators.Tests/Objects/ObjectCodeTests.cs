using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Generated code for <c>[BpfObject]</c>, which compiles without warnings and without unsafe code.</summary>
public sealed class ObjectCodeTests
{
    [Fact]
    public Task Maps_Variables_Programs() =>
        Verify(
            Run(
                """
                using BpfMaps;
                namespace Acme;
                [BpfObject("bpf/maps.bpf.o")] public sealed partial class Firewall;
                """,
                "maps.bpf",
                TextFile.Fixture("maps.layout").Content
            )
        );

    [Fact]
    public Task LastArraysOfSections() =>
        Verify(
            Run(
                """
                using BpfMaps;
                namespace Acme;
                [BpfObject("sized.bpf.o")] public sealed partial class Sized;
                """,
                "sized.bpf",
                """
                bpf-layout 1
                object byte-order=little license=GPL
                section .bss size=48 flags=0x400
                  var 0 u32 resize_text
                  var 4 u8[4] first
                  var 8 char[40] text
                section .rodata size=8 flags=0x480
                  var 0 u32[2] targets
                """
            )
        );

    [Fact]
    public Task PerCpu_Trie_OwnDeclaration() =>
        Verify(
            Run(
                """
                using BpfMaps;
                namespace Acme;
                public partial class Outer
                {
                    [BpfObject("counters.bpf.o")] private sealed partial class Counters;
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "counters.bpf.o", Name = "own")] internal struct Own { public uint Value; }
                }
                """,
                "counters.bpf",
                """
                bpf-layout 1
                object byte-order=little license=GPL
                map cpus_map type=PerCpuHash key=u32[2] key-size=8 value=struct:value value-size=56 max-entries=4
                map own type=Hash key=u32 key-size=4 value=u32 value-size=4 max-entries=4
                map plain type=PerCpuArray key=u32 key-size=4 value=u64 value-size=8 max-entries=4
                map routes type=LpmTrie key=struct:prefix key-size=12 value=char[20] value-size=20 max-entries=4 flags=0x1
                type enum:kind base=s8
                  value KIND_A -1
                  value KIND_B 1
                type struct:cell size=8 align=4
                  field 0 u32 hits
                  field 4 u32 misses
                type struct:prefix size=12 align=4
                  field 0 u32 prefixlen
                  field 4 u16 zone as=__be16
                  field 8 u8[4] address
                type struct:value size=56 align=8
                  field 0 u64 calls
                  field 8 struct:cell[4] cells
                  field 40 enum:kind kind
                  field 41 s8 depth bits=0:3
                  field 41 bool seen bits=3:1
                  field 44 union:value.last last
                  field 48 u16[4] sizes
                type union:value.last size=4 align=4
                  field 0 u32 id
                  field 0 u8[4] raw
                """
            )
        );

    [Fact]
    public Task Streams() =>
        Verify(
            Run(
                """
                using BpfMaps;
                namespace Acme;
                [BpfObject("rings.bpf.o")] public sealed partial class Rings;
                [BpfMap(Type = BpfMapType.RingBuf, Object = "rings.bpf.o", Name = "own")] public struct Own { public uint Kind; }
                """,
                "rings.bpf",
                """
                bpf-layout 1
                object byte-order=little license=GPL
                map own type=RingBuf key-size=0 value-size=0 max-entries=4096
                map plain type=UserRingBuf key-size=0 value-size=0 max-entries=4096
                map samples type=PerfEventArray key=u32 key-size=4 value=u32 value-size=4 max-entries=0
                map typed type=RingBuf key-size=0 value=struct:event value-size=16 max-entries=4096
                type struct:event size=16 align=8
                  field 0 u32 id
                  field 8 u64 at

                """
            )
        );

    [Theory]
    [InlineData("Addresses", "BpfHashMap<global::BpfMaps.Be32, global::BpfMaps.Be64>")]
    [InlineData("Ports", "BpfHashMap<global::BpfMaps.Be32, global::Acme.Members.Be16Array2>")]
    [InlineData("Sources", "BpfHashMap<global::BpfMaps.Be16, global::Acme.Members.Be32Array4>")]
    [InlineData("InnerAddressesInner", "BpfHashMap<global::BpfMaps.Be32, global::BpfMaps.Be32>")]
    [InlineData("Queue", "BpfQueueMap<uint>")]
    [InlineData("Stack", "BpfStackMap<ulong>")]
    [InlineData("Bloom", "BpfBloomFilter<uint>")]
    [InlineData("Routes", "BpfLpmTrieMap<global::Acme.Members.Bytes4, uint>")]
    [InlineData("Flexibles", "BpfHashMap<uint, global::Acme.Members.Flexible>")]
    [InlineData("Stacks", "BpfStackTraceMap")]
    public void MembersWithoutACounterpart_LeaveTheRestOfTheirTypes(string name, string baseClass)
    {
        IEnumerable<string> texts = Run(
                """
                using BpfMaps;
                namespace Acme;
                [BpfObject("members.bpf.o")] internal sealed partial class Members;
                """,
                "members.bpf",
                TextFile.Fixture("members.layout").Content
            )
            .GetRunResult()
            .GeneratedTrees.Select(static tree => tree.ToString());
        Assert.Single(texts, text => text.Contains($"class {name}Map : global::BpfMaps.{baseClass}\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Types = [\"event\", \"enum kinds\"]", true)]
    [InlineData("Types = [\"KIND_OPEN\", \"struct event\"]", true)]
    [InlineData("Types = [\"*\"]", true)]
    [InlineData("Types = []", false)]
    public void TypesThatNoMapNames_AreGeneratedWhenAskedFor(string argument, bool isThere)
    {
        string all = string.Concat(
            Run(
                    $$"""
                    using BpfMaps;
                    namespace Acme;
                    [BpfObject("events.bpf.o", {{argument}})] internal sealed partial class Events;
                    """,
                    "events.bpf",
                    """
                    bpf-layout 1
                    object byte-order=little
                    map events type=RingBuf key-size=0 value-size=0 max-entries=4096
                    unlisted 3
                    type enum:kinds base=u64
                      remark its constants may be cut
                      value KIND_OPEN 1
                    type struct:event size=24 align=4
                      field 0 u32 pid
                      field 4 u16 kind
                      field 6 char[16] comm

                    """
                )
                .GetRunResult()
                .GeneratedTrees.Select(static tree => tree.ToString())
        );
        Assert.Equal(isThere, all.Contains("public partial struct Event\n", StringComparison.Ordinal));
        Assert.Equal(
            isThere,
            all.Contains(
                "/// <remarks>Warning: its constants may be cut.</remarks>\n        public enum Kinds : ulong\n",
                StringComparison.Ordinal
            )
        );
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public void EmbeddedObject_IsOpenedFromTheAssembly(string? option, bool isEmbedded)
    {
        TextFile layout = new("/obj/bpf/empty.bpf.layout", "bpf-layout 1\nobject byte-order=little\n");
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new BpfMapGenerator().AsSourceGenerator()],
            [layout],
            Generation.ParseOptions,
            new AdditionalFileOption(layout.Path, LayoutFileSpec.EmbedOption, option)
        );
        driver = (CSharpGeneratorDriver)
            driver.RunGeneratorsAndUpdateCompilation(
                Generation.Compile("[BpfMaps.BpfObject(\"empty.bpf.o\")] internal sealed partial class Empty;"),
                out Compilation output,
                out _,
                TestContext.Current.CancellationToken
            );

        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken));
        string text = Assert.Single(driver.GetRunResult().GeneratedTrees).ToString();
        Assert.Equal(isEmbedded, text.Contains("public static Empty OpenEmbedded(", StringComparison.Ordinal));
        Assert.Equal(!isEmbedded, text.Contains("OpenBesideApplication", StringComparison.Ordinal));
        Assert.Contains("public static Empty Open(global::BpfMaps.BpfObjectOptions? options = null)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Structs_OfEveryShape_Compile() =>
        Run(
            """
            using BpfMaps;
            namespace Acme;
            [BpfObject("structs.bpf.o")] internal sealed partial class Shapes;
            """,
            "structs.bpf",
            TextFile.Fixture("structs.layout").Content
        );

    [Fact]
    public void HostileNames_Compile() =>
        Run(
            """
            using BpfMaps;
            namespace System { public class @class { } }
            namespace BpfMaps.Acme.@namespace
            {
                public class System { public class Runtime { } }
                [BpfObject("names.bpf.o")] public sealed partial class @class;
            }
            """,
            "names.bpf",
            """
            bpf-layout 1
            object byte-order=little
            map class type=Hash key=struct:class key-size=8 value=struct:value value-size=16 max-entries=1
            map load type=Array key=u32 key-size=4 value=struct:load value-size=4 max-entries=1
            map load_map type=Array key=u32 key-size=4 value=enum:load value-size=4 max-entries=1
            map load_map_ type=Array key=u32 key-size=4 value=struct:bytes20 value-size=20 max-entries=1
            map %22odd%22%5C%0A<x> type=Array key=u32 key-size=4 value=u64[3] value-size=24 max-entries=1
            section .bss size=72 flags=0x400
              var 0 u32 read
              var 4 u32 Read
              var 8 u32 map
              var 12 u32 view
              var 16 char[20] get_type
              var 36 u32 __
              var 40 u32 name static=1
              var 44 u32 name static=1
              var 48 u8[20] bytes
            program load section=xdp
            program class section=%22%0A<>
            type enum:load base=u32
              value class 0
              value CLASS 1
              value value__ 2
              value 3d 3
            type struct:bytes20 size=20 align=1
              field 0 char[20] Bytes20
            type struct:class size=8 align=4
              field 0 u32 class
              field 4 u32 Class
            type struct:load size=4 align=4
              field 0 u16 load
              field 2 u16 accumulate
            type struct:value size=16 align=4
              field 0 u32 to_string
              field 4 u32 %C3%A9t%C3%A9
              field 8 u32 -
              field 12 u32 _
            """
        );

    [Theory]
    [InlineData("static ref ulong Use(X x) { using X.BssSection.View view = x.Bss.Map(); return ref view.Total; }")]
    [InlineData("static ref ulong Use(X x) { X.BssSection.View view = x.Bss.Map(); return ref view.Total; }")]
    [InlineData("static System.Span<ulong> Use(X x) { using X.BssSection.View view = x.Bss.Map(); return view.Huge; }")]
    public void ReferenceThatOutlivesItsView_DoesNotCompile(string method)
    {
        const string Layout = """
            bpf-layout 1
            object byte-order=little
            section .bss size=8000008 flags=0x400
              var 0 u64 total
              var 8 u64[1000000] huge
            """;
        string source = "[BpfMaps.BpfObject(\"x.bpf.o\")] public sealed partial class X { " + method + " }";

        Generation
            .CreateDriver(new TextFile("/x.bpf.layout", Layout))
            .RunGeneratorsAndUpdateCompilation(
                Generation.Compile(source),
                out Compilation output,
                out _,
                TestContext.Current.CancellationToken
            );

        Diagnostic error = Assert.Single(
            output.GetDiagnostics(TestContext.Current.CancellationToken),
            static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS1591"
        );
        Assert.Equal("CS8168", error.Id);
    }

    private static GeneratorDriver Run(string source, string name, string layout) =>
        Generation.RunClean(source, files: new TextFile($"/obj/{name}.layout", layout));
}
