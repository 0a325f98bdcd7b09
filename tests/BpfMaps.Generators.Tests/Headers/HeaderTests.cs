extern alias generator;

using System.Runtime.CompilerServices;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using KernelMapType = generator::BpfMaps.BpfMapType;

namespace BpfMaps.Generators.Tests.Headers;

/// <summary>C headers of declarations.</summary>
public sealed class HeaderTests
{
    private const string Flows = """
        namespace Shop.Tracing
        {
            /// <summary>The protocols that are counted.</summary>
            public enum Protocol : byte
            {
                /// <summary>TCP, over IPv4 or IPv6.</summary>
                Tcp = 6,
                Udp = 17,
            }

            public enum Verdict { Pass, Drop = -1, Lowest = int.MinValue }

            [Flags] public enum Marks : ulong { None, Seen = 1, Last = 1UL << 63 }

            /// <summary>
            /// Packets and bytes of a flow, see <see cref="Key"/>. This text is so long that it does not fit in one line of a header; it
            /// contains */ and /* as well.
            /// </summary>
            [BpfMap(Type = BpfMapType.LruHash, MaxEntries = 65_536, Flags = BpfMapFlags.NoCommonLru, Object = "exported.bpf.o")]
            public struct FlowStats
            {
                /// <summary>Addresses and ports.</summary>
                public struct Key
                {
                    public Be32 SourceAddress, DestinationAddress;
                    public Be16 SourcePort, DestinationPort;
                    public Protocol Protocol;
                    public byte _pad0;
                    public ushort _pad1;
                }

                /// <summary>The number of packets.</summary>
                public ulong Packets;
                public ulong Bytes;
                public Verdict Last;
                public BpfText<Bytes16> Comm;
                public Marks Marks;
                public int Default;
            }
        }
        """;

    private const string Shapes = """
        [StructLayout(LayoutKind.Explicit)] public struct Address { [FieldOffset(0)] public uint V4; [FieldOffset(0)] public Words V6; }
        [InlineArray(4)] public struct Words { private uint _first; }
        [StructLayout(LayoutKind.Sequential, Pack = 1)] public struct Packed { public byte Kind; public ulong Number; }
        [StructLayout(LayoutKind.Sequential, Size = 40)] public struct Sized { public ulong Number; public byte Kind; }
        [StructLayout(LayoutKind.Explicit, Size = 24)]
        public struct Overlapping
        {
            [FieldOffset(4)] public uint Whole;
            [FieldOffset(4)] public ushort Low;
            [FieldOffset(6)] public ushort High;
            [FieldOffset(16)] public ulong Rest;
        }
        public struct Pair<T> where T : unmanaged { public T First, Second; }
        [InlineArray(8)] public struct Slots { private Pair<uint> _first; }
        public struct Event
        {
            public BpfSpinLock Lock;
            public Address Address;
            public Packed Packed;
            public Sized Sized;
            public Overlapping Overlapping;
            public Slots Slots;
            public Pair<Be64> Pair;
            public Int128 Large;
            public double Mean;
        }
        [BpfMap(Type = BpfMapType.Array, MaxEntries = 4, Value = typeof(Event), Object = "exported.bpf.o")] public partial class Shapes;
        """;

    private const string Kinds = """
        public struct Record { public ulong Time; public uint Pid; private uint _pad; }
        [BpfMap(Type = BpfMapType.RingBuf, MaxEntries = 4096, Value = typeof(Record))] public partial class Events;
        [BpfMap(Type = BpfMapType.UserRingBuf, MaxEntries = 4096, Value = typeof(Record))] public partial class Commands;
        [BpfMap(Type = BpfMapType.PerfEventArray, Value = typeof(Record))] public partial class Samples;
        /// <summary>Networks that are blocked.</summary>
        [BpfMap(Type = BpfMapType.LpmTrie, MaxEntries = 16, Key = typeof(LpmKey<Be32>), Value = typeof(byte))] public partial class Blocked;
        [BpfMap(Type = BpfMapType.Hash, MaxEntries = 16, Key = typeof(BpfText<Bytes16>), Value = typeof(ulong))] public partial class Names;
        [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Record))] public partial class Sized;
        [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 1, Value = typeof(ulong))] public partial class Total;
        [BpfMap(Type = BpfMapType.Queue, MaxEntries = 8, Value = typeof(Record))] public partial class Jobs;
        [BpfMap(Type = BpfMapType.BloomFilter, MaxEntries = 8, MapExtra = 3, Value = typeof(uint))] public partial class Seen;
        [BpfMap(Type = BpfMapType.ProgArray, MaxEntries = 4)] public partial class Tails;
        [BpfMap(Type = BpfMapType.StackTrace, MaxEntries = 4)] public partial class Stacks;
        [BpfMap(Type = BpfMapType.DevMap, MaxEntries = 4)] public partial class Ports;
        [BpfMap(Type = BpfMapType.SockHash, MaxEntries = 4, Key = typeof(Record))] public partial class Sockets;
        [BpfMap(Type = BpfMapType.TaskStorage, Value = typeof(Record))] public partial class Tasks;
        [BpfMap(Type = BpfMapType.CgroupArray, MaxEntries = 1)] public partial class Groups;
        [BpfMap(Type = BpfMapType.Hash, MaxEntries = 4, Key = typeof(uint), Value = typeof(ulong))] public partial class Counters;
        [BpfMap(Type = BpfMapType.HashOfMaps, MaxEntries = 4, Key = typeof(uint), Inner = typeof(Counters))] public partial class Tenants;
        """;

    [Fact]
    public Task Structs_EnumsAndTheirDocumentation() => VerifyAsync(Flows);

    [Fact]
    public Task Layouts_ThatCDoesNotChoose() => VerifyAsync(Shapes);

    [Fact]
    public Task Kinds_OfMaps() => VerifyAsync(Kinds);

    [Fact]
    public void MapTypes_HaveTheNamesOfTheKernel()
    {
        Require.Clang();
        string asserts = string.Concat(
            Enumerable
                .Range(1, (int)KernelMapType.UserRingBuf)
                .Select(static type => $"_Static_assert({MapTypeNames.NameOf((KernelMapType)type)} == {type}, \"\");\n")
        );
        _ = ClangCompiler.CompileText("#include <linux/bpf.h>\n" + asserts);
    }

    [Fact]
    public void Capacity_ComesFromTheProgramIfTheDeclarationHasNone()
    {
        Require.Clang();
        ExportedHeaderText header = new(Generation.Usings + Kinds);
        byte[] image = ClangCompiler.CompileText("#define SIZED_MAX_ENTRIES 77\n" + header.Text);

        Assert.Equal(77u, BpfObjectFile.Parse(image, "x.bpf.o").GetMap("sized").MaxEntries);
        Assert.Equal(0u, header.Objects().GetMap("sized").MaxEntries);
    }

    [Fact]
    public void Types_CanBeIncludedWithoutTheMaps()
    {
        Require.Clang();
        ExportedHeaderText header = new(Generation.Usings + Flows);
        byte[] image = ClangCompiler.CompileText("#define USER_BPF_TYPES_ONLY\n" + header.Text + "\nstruct flow_stats total;\n");

        Assert.DoesNotContain(BpfObjectFile.Parse(image, "x.bpf.o").Maps, static map => map.Name == "flow_stats");
    }

    [Fact]
    public void NamesThatAreTheSameInC_GetNumbers()
    {
        Require.Clang();
        ExportedHeaderText header = new(
            Generation.Usings
                + """
                namespace A { public struct Item { public uint HTTPPort; public uint HttpPort; } public enum Kind { One } }
                namespace B { public struct Item { public A.Item Other; public A.Kind Kind; public Kind Own; } public enum Kind { One } }
                [BpfMap(Type = BpfMapType.Array, MaxEntries = 1, Value = typeof(B.Item), Name = "first")] public partial class First;
                """
        );
        header.Compile(
            "_Static_assert(sizeof(struct item_2) == 16 && KIND_ONE == KIND_2_ONE, \"\");\nstruct item_2 it = { .other = { .http_port_2 = 1 } };\n"
        );
    }

    [Fact]
    public void MapWhoseNameIsNotOneInC_IsLeftOut()
    {
        Require.Clang();
        ExportedHeaderText header = new(
            Generation.Usings
                + """
                [BpfMap(Type = BpfMapType.Array, MaxEntries = 1, Value = typeof(uint), Name = "not.c")] public partial class Dotted;
                [BpfMap(Type = BpfMapType.Array, MaxEntries = 1, Value = typeof(uint), Name = "c")] public partial class Plain;
                """
        );

        Assert.Contains("Dotted is left out", header.Text, StringComparison.Ordinal);
        Assert.Equal(["c"], header.Objects().Maps.Select(static map => map.Name));
    }

    [Fact]
    public void Assembly_CarriesTheHeaderIfTheProjectAsksForIt()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string source = Generation.Usings + Flows;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new BpfMapGenerator().AsSourceGenerator()],
            parseOptions: Generation.ParseOptions,
            optionsProvider: new AdditionalFileOption("", "build_property.BpfExportHeader", "true")
        );
        driver.RunGeneratorsAndUpdateCompilation(Generation.Compile(source), out Compilation output, out _, cancellation);

        INamedTypeSymbol carrier = output.GetTypeByMetadataName("BpfMaps.Generated.ExportedHeader")!;
        Assert.Equal(new ExportedHeaderText(source).Text, carrier.GetMembers("Text").OfType<IFieldSymbol>().Single().ConstantValue);
        Assert.DoesNotContain(
            output.GetDiagnostics(cancellation),
            static d => d.Severity != DiagnosticSeverity.Hidden && !Generation.IsUsersOwn(d)
        );
    }

    private static async Task VerifyAsync(string source, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        Require.Clang();
        ExportedHeaderText header = new(Generation.Usings + source);
        string verified = Path.Combine(Path.GetDirectoryName(file)!, "_snapshots", $"HeaderTests.{method}.verified.h");
        string received = verified.Replace(".verified.h", ".received.h", StringComparison.Ordinal);
        header.Compile();
        Assert.Empty(await header.DifferencesAsync());
        if (File.Exists(verified) && await File.ReadAllTextAsync(verified) == header.Text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        await File.WriteAllTextAsync(received, header.Text);
        Assert.Fail($"{Path.GetFileName(verified)} differs; if {Path.GetFileName(received)} is right, rename it.");
    }
}
