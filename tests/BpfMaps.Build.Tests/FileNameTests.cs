namespace BpfMaps.Tests;

/// <summary>Names of files and folders are not interpreted by a shell or MSBuild.</summary>
public sealed class FileNameTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #include "shared.h"

        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, CAPACITY); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");
        char LICENSE[] SEC("license") = "GPL";
        """;

    public static TheoryData<string> Folders =>
        ["bpf maps $HOME {0}", "bpf maps `id` {0}", "bpf maps $(id) {0}", "bpf maps it's é&#! {0}", "bpf maps 50% {0}"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Project_IsBuiltInAFolderOfThisName(string folder)
    {
        Require.Clang();
        using ConsumerProject project = new(
            """<BpfProgram Include="bpf/*.bpf.c" />""",
            Path.Combine(Path.GetTempPath(), string.Format(null, folder, Guid.NewGuid().ToString("N")))
        );
        project.Write("bpf/shared.h", "#define CAPACITY 9\n");
        project.Write("bpf/counter.bpf.c", Source);

        project.Build();
        project.Write("bpf/shared.h", "#define CAPACITY 10\n");
        project.Build();

        Assert.Contains("max-entries=10", File.ReadAllText(project["obj/Debug/net10.0/bpf/counter.bpf.layout"]), StringComparison.Ordinal);
        Assert.True(File.Exists(project["bin/Debug/net10.0/counter.bpf.o"]));
    }

    [Fact]
    public void Names_AreNotCommands()
    {
        Require.Clang();
        using ConsumerProject source = new("""<BpfProgram Include="bpf/*.bpf.c" />""");
        source.Write("bpf/shared.h", "#define CAPACITY 9\n");
        foreach (string name in s_names)
            source.Write($"bpf/{name}.bpf.c", Source);

        source.Build();

        Assert.Empty(Directory.EnumerateFiles(source["."], "pwned*", SearchOption.AllDirectories));
        Assert.Equal(
            s_names.Select(static name => name + ".bpf.o").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(source["bin/Debug/net10.0"], "*.o").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        using ConsumerProject project = new("""<BpfObject Include="objs/*.o" />""");
        Directory.CreateDirectory(project["objs"]);
        foreach (string name in s_names)
            File.Copy(source[$"bin/Debug/net10.0/{name}.bpf.o"], project[$"objs/{name}.bpf.o"]);

        project.Build();

        Assert.Empty(Directory.EnumerateFiles(project["."], "pwned*", SearchOption.AllDirectories));
        Assert.Equal(s_names.Length, Directory.EnumerateFiles(project["obj/Debug/net10.0/bpf"], "*.layout").Count());
        Assert.Equal(s_names.Length, Directory.EnumerateFiles(project["bin/Debug/net10.0"], "*.o").Count());
    }

    [Theory]
    [InlineData("a\nflags -fplugin=x")]
    [InlineData("a\nb")]
    [InlineData("a\"b")]
    [InlineData("a*b")]
    [InlineData("a\tb")]
    public void NameThatCannotBePassedOn_IsOneError(string name)
    {
        using ConsumerProject project = new("""<BpfObject Include="objs/*.o" />""");
        project.Write($"objs/{name}.o", "no object");

        Assert.Contains("BPFMAP104", Assert.Single(project.BuildErrors()), StringComparison.Ordinal);
    }

    private static readonly string[] s_names =
    [
        "$(touch pwned1)",
        "`touch pwned2`",
        "a;touch pwned3;",
        "it's",
        "per%41cent",
        "a&b",
        "a(9,3)",
        "sp ace",
        "@a",
        "-a",
        "#a",
        "$HOME",
        "ünï",
        "a,b",
        "a=b",
        "a:b",
    ];
}
