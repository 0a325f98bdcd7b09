namespace BpfMaps.Tests;

/// <summary>Objects that were compiled with the headers of another libbpf than the one that attaches them.</summary>
public sealed class UsdtLayoutTests
{
    private const int Old = 208,
        New = 304;

    [Theory]
    [InlineData(Old, "1.1", null)]
    [InlineData(Old, "1.6", null)]
    [InlineData(New, "1.7", null)]
    [InlineData(Old, "1.7", "compile the object with the headers of libbpf 1.7")]
    [InlineData(New, "1.6", "install libbpf 1.7, or compile the object with the headers of libbpf 1.6")]
    [InlineData(New, "1.1", "install libbpf 1.7, or compile the object with the headers of libbpf 1.1")]
    [InlineData(Old, "1.8", null)]
    [InlineData(New, "2.0", null)]
    [InlineData(200, "1.7", null)]
    public void OtherSideOfTheChange_IsAProblem(int size, string libbpf, string? advice)
    {
        string? problem = UsdtLayout.Problem(size, Version.Parse(libbpf));
        if (advice is null)
            Assert.Null(problem);
        else
            Assert.Contains(advice, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadersOfThisLibbpf_HaveTheKnownSize()
    {
        Assert.Equal(IsNew ? New : Old, Open(CompiledFixture.Path("probes")));

        static int Open(string path)
        {
            using BpfObject probes = BpfObject.Open(path);
            return probes.GetMap(UsdtLayout.Map).ValueSize;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ObjectOfTheOtherSide_IsNotAttached(bool bySection)
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang();
        using ProbedLibrary library = new();
        string source = $$"""
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct spec { __u8 bytes[{{(IsNew ? Old : New)}}]; };
            struct {
                __uint(type, BPF_MAP_TYPE_ARRAY);
                __uint(max_entries, 1);
                __type(key, __u32);
                __type(value, struct spec);
            } {{UsdtLayout.Map}} SEC(".maps");
            SEC("usdt/{{library.Path}}:acme:work") int on_probe(void *context) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """;
        using BpfObject probes = BpfObject.OpenMemory(ClangCompiler.CompileText(source), "probes");
        probes.Load();
        BpfObjectProgram program = probes.GetProgram("on_probe");

        BpfObjectException refused = Assert.Throws<BpfObjectException>(() =>
            bySection ? program.Attach() : program.AttachUsdt(library.Path, "acme", "work")
        );

        Assert.StartsWith("Program 'on_probe' of 'probes' cannot be attached to USDT probes: the object was compiled", refused.Message);
        Assert.Equal("EOPNOTSUPP", refused.ErrnoName);
    }

    private static bool IsNew
    {
        get
        {
            Require.Libbpf();
            return Version.Parse(Libbpf.Version.AsSpan(1)) >= new Version(1, 7);
        }
    }
}
