namespace BpfMaps.Tests;

/// <summary>Settings of maps before the load.</summary>
public sealed class MapSettingsTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } plain SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } outer SEC(".maps");
        char LICENSE[] SEC("license") = "GPL";
        """;

    [Fact]
    public void NumaNode_IsThatOfTheCreatedMap()
    {
        using BpfObject maps = Open();
        BpfObjectMap plain = maps.GetMap("plain");
        maps.GetMap("outer").AutoCreate = false;
        Assert.Null(plain.NumaNode);
        plain.NumaNode = 0;

        maps.Load();

        using RawMap map = plain.Open();
        Assert.Equal(0, plain.NumaNode);
        Assert.True(map.Flags.HasFlag(BpfMapFlags.NumaNode));
    }

    [Fact]
    public void MapWithoutAutoCreate_IsNotCreated()
    {
        using BpfObject maps = Open();
        BpfObjectMap outer = maps.GetMap("outer");
        outer.AutoCreate = false;

        maps.Load();

        Assert.Contains("AutoCreate", Assert.Throws<InvalidOperationException>(outer.Open).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => outer.AutoCreate = true);
    }

    [Fact]
    public void InnerMap_IsTheTemplate()
    {
        using BpfObject maps = Open();
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 1,
        };
        using RawMap template = RawMap.Create(spec);
        maps.GetMap("outer").SetInnerMap(template);

        maps.Load();

        using RawMap outer = maps.GetMap("outer").Open();
        using RawMap inner = RawMap.Create(spec with { MaxEntries = 100 });
        byte[] descriptor = BitConverter.GetBytes((int)inner.Handle.DangerousGetHandle());
        outer.Update(new byte[4], descriptor);
        template.Update(new byte[4], new byte[8]); // It is still open.
        Assert.Throws<BpfObjectException>(() => OpenAndSetInner(template));
    }

    private static void OpenAndSetInner(RawMap template)
    {
        using BpfObject maps = Open();
        maps.GetMap("plain").SetInnerMap(template);
    }

    private static BpfObject Open()
    {
        Require.Kernel();
        Require.Libbpf();
        _ = Require.Clang();
        return BpfObject.OpenMemory(ClangCompiler.CompileText(Source), "settings");
    }
}
