using System.Net;

namespace BpfMaps.Tests;

/// <summary>One program on several functions in user space: libbpf 1.3 and later.</summary>
[Collection(nameof(WholeProcess))]
public sealed class UprobeMultiTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        __u64 calls = 0;
        SEC("uprobe") int once(void *ctx) { return 0; }
        SEC("uprobe.multi") int many(void *ctx) { __sync_fetch_and_add(&calls, 1); return 0; }
        char LICENSE[] SEC("license") = "GPL";
        """;

    [Theory]
    [InlineData("gethostname")]
    [InlineData("gethostnam*")]
    public void LibraryByName_IsFoundForNamesAndPatterns(string function)
    {
        Require.Kernel();
        Require.Libbpf();
        _ = Require.Clang();
        string[] functions = [function];
        bool isSupported = Version.Parse(Libbpf.Version.TrimStart('v')) >= new Version(1, 3);
        using BpfObject probes = BpfObject.OpenMemory(ClangCompiler.CompileText(Source), "probes");
        probes.GetProgram("many").AutoLoad = isSupported;
        probes.Load();
        if (!isSupported)
        {
            Assert.Throws<BpfNotSupportedException>(() => probes.GetProgram("once").AttachUprobeMulti("libc.so.6", functions));
            return;
        }

        using BpfLink link = probes.GetProgram("many").AttachUprobeMulti("libc.so.6", functions);
        Dns.GetHostName();

        using RawMap variables = probes.GetMap(".bss").Open();
        byte[] section = new byte[variables.ValueSize];
        Assert.True(variables.TryLookup(new byte[4], section));
        Assert.True(BitConverter.ToUInt64(section) >= 1, "the function was not observed");
    }
}
