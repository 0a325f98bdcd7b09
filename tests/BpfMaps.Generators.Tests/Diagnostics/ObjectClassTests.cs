using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>What is said of a class with a <c>[BpfObject]</c> that nothing can be generated for.</summary>
public sealed class ObjectClassTests
{
    private static readonly TextFile s_layout = new("/obj/x.bpf.layout", "bpf-layout 1\nobject byte-order=little\n");

    [Fact]
    public Task Described_IsFine() => Diagnose.Verify<ObjectDeclarationAnalyzer>([s_layout], """[BpfObject("bpf/x.bpf.o")] public sealed partial class X;""");

    [Fact]
    public Task NotPartial() => Diagnose.Verify<ObjectDeclarationAnalyzer>(
        [s_layout],
        """
        [BpfObject("x.bpf.o")] public sealed class {|BPFMAP050:X|} { }
        public class {|BPFMAP050:Outer|} { [BpfObject("x.bpf.o")] public sealed partial class Y; }
        """,
        "'X' must be partial, so that the maps, variables and programs of the BPF object can be generated into it",
        "'Outer' must be partial, so that the maps, variables and programs of the BPF object can be generated into it");

    [Fact]
    public Task NotSupported() => Diagnose.Verify<ObjectDeclarationAnalyzer>(
        [s_layout],
        """
        [BpfObject("x.bpf.o")] public static partial class {|BPFMAP051:A|} { }
        [BpfObject("x.bpf.o")] public abstract partial class {|BPFMAP051:B|} { }
        [BpfObject("x.bpf.o")] public partial class {|BPFMAP051:C|}<T> { }
        [BpfObject("x.bpf.o")] public partial class {|BPFMAP051:D|} : List<int> { }
        [BpfObject("x.bpf.o")] public partial record {|BPFMAP051:E|};
        [{|BPFMAP051:BpfObject("")|}] public partial class F;
        """,
        "'A' cannot be the class of a BPF object because it is static: an open object is disposed",
        "'B' cannot be the class of a BPF object because it is abstract: the generated factories create it",
        "'C<T>' cannot be the class of a BPF object because it is generic: every object has one shape",
        "'D' cannot be the class of a BPF object because it derives from 'List<int>': the generated part has a base class of its own",
        "'E' cannot be the class of a BPF object because it is a record, which cannot derive from a class",
        "'F' cannot be the class of a BPF object because its attribute names no file");

    [Fact]
    public Task WithoutLibbpf() => Diagnose.VerifyWithoutLibbpf<ObjectDeclarationAnalyzer>([s_layout], """[{|BPFMAP052:BpfObject("x.bpf.o")|}] public sealed partial class X;""");

    [Fact]
    public Task NotDescribed() => Diagnose.Verify<ObjectDeclarationAnalyzer>(
        [s_layout],
        """[{|BPFMAP053:BpfObject("y.bpf.o")|}] public sealed partial class Y;""",
        "Nothing describes the BPF object 'y.bpf.o' of 'Y' to the compiler; it knows only 'x.bpf.o': write 'x.bpf.o' if that is meant, or add <BpfObject Include=\"y.bpf.o\" /> or <BpfProgram Include=\"...\" /> to the project");

    [Fact]
    public Task NothingDescribed() => Diagnose.Verify<ObjectDeclarationAnalyzer>(
        """[{|BPFMAP053:BpfObject("y.bpf.o")|}] public sealed partial class Y;""",
        "Nothing describes the BPF object 'y.bpf.o' of 'Y' to the compiler; it knows no object: add <BpfObject Include=\"y.bpf.o\" /> or <BpfProgram Include=\"...\" /> to the project");
}
