using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Generated code has no errors for any declared types and any version of C#.</summary>
public sealed class NamedTypesTests
{
    private const string Usings = "using System; using System.Diagnostics.CodeAnalysis; using BpfMaps;\n";

    private const string Globals = """
        bpf-layout 1
        object byte-order=little license=GPL
        map counts type=PerCpuArray key=u32 key-size=4 value=u64 value-size=8 max-entries=4
        map flows type=Hash key=struct:key key-size=8 value=u32 value-size=4 max-entries=16
        map events type=RingBuf key-size=0 value-size=0 max-entries=4096
        section .data size=32
          var 0 u32 level
          var 4 u8[12] name
          var 16 struct:key filter
          var 24 u32[2] ports
        section .rodata size=4 flags=0x480
          var 0 bool enabled
        program look section=xdp
        type struct:key size=8 align=4
          field 0 u32 address as=__be32
          field 4 u16 port
          field 6 u16 zone

        """;

    [Theory]
    [InlineData("file struct K { public uint A; }", "K", "BPFMAP012")]
    [InlineData("file struct K { public struct Inner { public uint A; } }", "K.Inner", "BPFMAP012")]
    [InlineData("file struct K { public uint A; } internal struct Wrap<T> { public T Item; }", "Wrap<K>", "BPFMAP012")]
    [InlineData("", "uint?", "BPFMAP021")]
    [InlineData("struct Wrap<T> { public T Item; }", "Wrap<uint?>", "BPFMAP021")]
    [InlineData("", "void", "BPFMAP021")]
    [InlineData("", "BpfText<>", "BPFMAP021")]
    [InlineData("", "LpmKey<>", "BPFMAP021")]
    [InlineData("public struct Wrap<T> { public T Item; }", "Wrap<>", "BPFMAP021")]
    [InlineData("public struct Wrap<T> { public struct Inner { public T Item; } }", "Wrap<>.Inner", "BPFMAP021")]
    [InlineData("", "string", "BPFMAP021")]
    [InlineData("", "object", "BPFMAP021")]
    [InlineData("", "int[]", "BPFMAP021")]
    [InlineData("", "uint*", "BPFMAP022")]
    [InlineData("", "delegate*<void>", "BPFMAP022")]
    [InlineData("public ref struct K { public uint A; }", "K", "BPFMAP021")]
    [InlineData("", "Span<byte>", "BPFMAP021")]
    [InlineData("public static class K;", "K", "BPFMAP021")]
    [InlineData("public interface K;", "K", "BPFMAP021")]
    [InlineData("public delegate void K();", "K", "BPFMAP021")]
    [InlineData("public class K { public uint A; }", "K", "BPFMAP021")]
    [InlineData("", "TypedReference", "BPFMAP021")]
    public async Task TypeThatNoMapCanHave_IsReportedAtTheDeclaration(string declarations, string type, string id)
    {
        foreach (
            string attribute in new[]
            {
                $"[BpfMap(Type = BpfMapType.Hash, Key = typeof({type}), Value = typeof(uint), MaxEntries = 16)]",
                $"[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof({type}), MaxEntries = 16)]",
                $"[BpfMap(Type = BpfMapType.PerCpuArray, Value = typeof({type}), MaxEntries = 16)]",
                $"[BpfMap(Type = BpfMapType.RingBuf, Value = typeof({type}), MaxEntries = 4096)]",
            }
        )
        {
            string[] ids = await Diagnose.Ids(Usings + $"{attribute} internal sealed partial class Map;\n{declarations}");
            Assert.Contains(id, ids);
            Assert.All(ids, i => Assert.Equal(id, i));
        }
    }

    [Fact]
    public async Task TypeWithoutAName_IsReportedAtTheDeclaration()
    {
        string[] ids = await Diagnose.Ids(
            Usings
                + "[BpfMap(Type = BpfMapType.Hash, Key = typeof(Missing), Value = typeof(Also<uint>), MaxEntries = 16)] internal sealed partial class Map;"
        );
        Assert.Equal(["BPFMAP021", "BPFMAP021", "CS0246", "CS0246"], ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; [Obsolete(\"gone\", true)] public ulong Old; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; [Obsolete(\"gone\", DiagnosticId = \"OLD1\")] public ulong Old; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; [Experimental(\"EXP1\")] public ulong Try; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; public Part Part; } public struct Part { [Obsolete(\"gone\", true)] public ulong Old; public uint Count, More; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4), Obsolete(\"gone\", true)] public struct Stats { public ulong New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4), Obsolete(\"gone\", DiagnosticId = \"OLD1\")] public struct Stats { public ulong New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4), Experimental(\"EXP1\")] public struct Stats { public ulong New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 4), Obsolete(\"gone\", true)] public record struct Stats(ulong New);"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Hash, MaxEntries = 4)] public struct Stats { [Obsolete(\"gone\", true)] public struct Key { public uint A; } public ulong New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Hash, MaxEntries = 4)] public struct Stats { [Experimental(\"EXP1\")] public struct Key { public uint A; } public ulong New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; [Obsolete(\"gone\", true)] public static void Accumulate(ref Stats total, in Stats value) => total.New += value.New; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; [Experimental(\"EXP1\")] public static void Accumulate(ref Stats total, in Stats value) => total.New += value.New; }"
    )]
    [InlineData(
        "[Obsolete(\"gone\", true)] public partial class Outer { [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; } }"
    )]
    [InlineData(
        "[Experimental(\"EXP1\")] public partial class Outer { [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats { public ulong New; } }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Array, MaxEntries = 4, Value = typeof(uint)), Obsolete(\"gone\", true)] public sealed partial class Map;"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Array, MaxEntries = 4, Value = typeof(Old)), Obsolete(\"gone\", true)] public sealed partial class Map; [Obsolete(\"gone\", true)] public struct Old { public ulong A; }"
    )]
    [InlineData(
        "[BpfMap(Type = BpfMapType.Array, MaxEntries = 4), Obsolete(\"gone\", true)] public struct Old { public ulong A; } [Obsolete] partial class OldMap;"
    )]
    public async Task ObsoleteAndExperimentalTypes_AreNoErrorInGeneratedCode(string declaration) =>
        Assert.Empty(await Diagnose.Ids(Usings + declaration));

    [Theory]
    [InlineData("typeof(Exp)", "uint")]
    [InlineData("typeof(uint)", "Exp")]
    [InlineData("typeof(Exp)", "Wrap<Exp>")]
    [InlineData("typeof(Exp.Inner)", "uint")]
    [InlineData("typeof(ExpEnum)", "uint")]
    public async Task ExperimentalTypesThatTheDeclarationAllows_AreNoErrorInGeneratedCode(string key, string value) =>
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + $$"""
                    #pragma warning disable EXP1
                    [BpfMap(Type = BpfMapType.Hash, Key = {{key}}, Value = typeof({{value}}), MaxEntries = 4)] public sealed partial class ExpMap;
                    public struct Wrap<T> { public T Item; }
                    [Experimental("EXP1")] public struct Exp { public ulong A; public struct Inner { public ulong B; } }
                    [Experimental("EXP1")] public enum ExpEnum { A }
                    """
            )
        );

    [Fact]
    public async Task InnerMapThatIsExperimental_IsNoErrorInGeneratedCode() =>
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + """
                    #pragma warning disable EXP1
                    [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Shard), MaxEntries = 4)] public sealed partial class Shards;
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(uint), MaxEntries = 4), Experimental("EXP1")] public sealed partial class Shard;
                    """
            )
        );

    [Fact]
    public async Task ObsoleteTypeThatTheDeclarationUses_MakesTheMapObsolete() =>
        Assert.Equal(
            ["CS0619", "CS0619"],
            await Diagnose.Ids(
                Usings
                    + """
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Value = typeof(Old), MaxEntries = 4)] public sealed partial class Map;
                    [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Map), MaxEntries = 4)] public sealed partial class Outer;
                    [Obsolete("gone", true)] public struct Old { public ulong A; }
                    public static class User { public static void Use() { Map.Create().Dispose(); Outer.Create().Dispose(); } }
                    """
            )
        );

    [Fact]
    public async Task FileLocalEnum_IsReportedAtTheDeclaration() =>
        Assert.Equal(
            ["BPFMAP012"],
            await Diagnose.Ids(
                Usings
                    + """
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(K), Value = typeof(uint), MaxEntries = 16)] internal sealed partial class Map;
                    file enum K : uint { A }
                    """
            )
        );

    [Fact]
    public async Task ClaimOfAnObjectByARestrictedClass_IsNoErrorInGeneratedCode() =>
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + """
                    #pragma warning disable EXP1
                    [BpfMap(Type = BpfMapType.PerCpuArray, Name = "counts", Object = "app.bpf.o", Value = typeof(ulong)), Obsolete("gone", true)] public sealed partial class Counts;
                    [BpfMap(Type = BpfMapType.RingBuf, Name = "events", Object = "app.bpf.o", Value = typeof(ulong)), Experimental("EXP1")] public sealed partial class Events;
                    [BpfObject("app.bpf.o")] public sealed partial class App;
                    """,
                [new TextFile("/app.bpf.layout", Globals)]
            )
        );

    [Fact]
    public void ObsoleteField_IsAddedUpAllTheSame()
    {
        using LoadedCode code = new(
            Usings
                + """
                [BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 4)] public struct Stats
                {
                    public ulong New; [Obsolete("gone", true)] public ulong Old;
                    [Obsolete] public static Stats Of(ulong a, ulong b) { Stats s = default; s.New = a; s.Old = b; return s; }
                    [Obsolete] public ulong Both => New * 100 + Old;
                }
                """
        );
        object one = code["Stats"].GetMethod("Of")!.Invoke(null, [1ul, 2ul])!,
            two = code["Stats"].GetMethod("Of")!.Invoke(null, [3ul, 4ul])!;
        object total = code.Accumulate("StatsMap", one, two);
        Assert.Equal(406ul, code["Stats"].GetProperty("Both")!.GetValue(total));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    public async Task EveryVersionFromNineOn_CompilesWhatIsGenerated(LanguageVersion version)
    {
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + "[BpfObject(\"app.bpf.o\")] public sealed partial class App { } public static class Use { public static uint Level() { using App app = App.Open(); using App.DataSection.View view = app.Data.Map(); return view.Level; } }",
                [new TextFile("/app.bpf.layout", Globals)],
                version
            )
        );
        Assert.Empty(
            await Diagnose.Ids(
                Usings
                    + """
                    [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), MaxEntries = 4)] public struct Stats { public ulong New; }
                    [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Shard), MaxEntries = 4)] public sealed partial class Shards { }
                    [BpfMap(Type = BpfMapType.Array, MaxEntries = 4, Flags = BpfMapFlags.Mmapable)] public struct Shard { public ulong A; }
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Right { public ulong A; }
                    """,
                version: version
            )
        );
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_2)]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    public async Task OlderVersion_IsOneErrorAtEachDeclaration(LanguageVersion version)
    {
        string[] all = await Diagnose.Everything(
            Usings
                + """
                [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), MaxEntries = 4)] public struct Stats { public ulong New; }
                [BpfMap(Type = BpfMapType.Queue, MaxEntries = 4, Value = typeof(uint))] public sealed partial class Jobs { }
                [BpfObject("app.bpf.o")] public sealed partial class App { }
                public static class User { public static uint Use() { using (StatsMap map = StatsMap.Create()) { return StatsMap.Schema.MaxEntries ?? 0; } } }
                """,
            [new TextFile("/app.bpf.layout", Globals)],
            version
        );
        Assert.True(all.Length == 3, string.Join('\n', all));
        Assert.All(all, static d => Assert.StartsWith("BPFMAP057 at User.cs: ", d, StringComparison.Ordinal));
        Assert.Equal(
            $"BPFMAP057 at User.cs: [BpfMap] of 'Stats' generates code that needs C# 9.0, but this project is compiled as C# {version.ToDisplayString()}: remove LangVersion from the project, or set it to 9.0 or later",
            all[0]
        );
    }
}
