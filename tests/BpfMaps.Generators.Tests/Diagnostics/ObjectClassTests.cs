using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Errors of classes with <c>[BpfObject]</c>.</summary>
public sealed class ObjectClassTests
{
    private static readonly TextFile s_layout = new("/obj/x.bpf.layout", "bpf-layout 1\nobject byte-order=little\n");

    [Fact]
    public Task Described_IsFine() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>([s_layout], """[BpfObject("bpf/x.bpf.o")] public sealed partial class X;""");

    [Fact]
    public Task NotPartial() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_layout],
            """
            [BpfObject("x.bpf.o")] public sealed class {|BPFMAP050:X|} { }
            public class {|BPFMAP050:Outer|} { [BpfObject("x.bpf.o")] public sealed partial class Y; }
            """,
            "'X' must be partial, so that the maps, variables and programs of the BPF object can be added to it",
            "'Outer' must be partial, so that the maps, variables and programs of the BPF object can be added to it"
        );

    [Fact]
    public Task NotSupported() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_layout],
            """
            [BpfObject("x.bpf.o")] public static partial class {|BPFMAP051:A|} { }
            [BpfObject("x.bpf.o")] public abstract partial class {|BPFMAP051:B|} { }
            [BpfObject("x.bpf.o")] public partial class {|BPFMAP051:C|}<T> { }
            [BpfObject("x.bpf.o")] public partial class {|BPFMAP051:D|} : List<int> { }
            [BpfObject("x.bpf.o")] public partial record {|BPFMAP051:E|};
            [{|BPFMAP051:BpfObject("")|}] public partial class F;
            """,
            "'A' cannot be the class of a BPF object because it is static, but an open object is an instance",
            "'B' cannot be the class of a BPF object because it is abstract, but the generated factories create instances of it",
            "'C<T>' cannot be the class of a BPF object because it is generic, but an object has fixed types",
            "'D' cannot be the class of a BPF object because it derives from 'List<int>', but the generated part adds a base class",
            "'E' cannot be the class of a BPF object because it is a record, which cannot derive from the generated base class",
            "'F' cannot be the class of a BPF object because its [BpfObject] does not name a file"
        );

    [Fact]
    public Task WithoutLibbpf() =>
        Diagnose.VerifyWithoutLibbpf<ObjectDeclarationAnalyzer>(
            [s_layout],
            """[{|BPFMAP052:BpfObject("x.bpf.o")|}] public sealed partial class X;"""
        );

    [Fact]
    public Task NotDescribed() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            [s_layout],
            """[{|BPFMAP053:BpfObject("y.bpf.o")|}] public sealed partial class Y;""",
            "No .layout file describes the BPF object 'y.bpf.o' of 'Y' (found 'x.bpf.o'): write 'x.bpf.o' if you mean that one, or add <BpfObject Include=\"y.bpf.o\" /> or <BpfProgram Include=\"...\" /> to the project"
        );

    [Fact]
    public Task NothingDescribed() =>
        Diagnose.Verify<ObjectDeclarationAnalyzer>(
            """[{|BPFMAP053:BpfObject("y.bpf.o")|}] public sealed partial class Y;""",
            "No .layout file describes the BPF object 'y.bpf.o' of 'Y' (found none): add <BpfObject Include=\"y.bpf.o\" /> or <BpfProgram Include=\"...\" /> to the project"
        );
}
