namespace BpfMaps.Tests;

/// <summary>Tests that the compiler rejects references into kernel memory that outlive the view that keeps it mapped.</summary>
public sealed class EscapeTests
{
    [Theory]
    [InlineData("static ref ulong Use(M map) { using BpfArrayView<ulong> view = map.Map(); return ref view[0]; }", "CS8168")]
    [InlineData("static ref ulong Use(M map) { BpfArrayView<ulong> view = map.Map(); return ref view[0]; }", "CS8168")]
    [InlineData("static Span<ulong> Use(M map) { using BpfArrayView<ulong> view = map.Map(); return view.Span; }", "CS8168")]
    [InlineData("static Span<ulong> Use(M map) { using BpfArrayView<ulong> view = map.Map(); return view.Span[1..]; }", "CS8168")]
    [InlineData(
        "static ref readonly ulong Use(M map) { using BpfReadOnlyArrayView<ulong> view = map.MapReadOnly(); return ref view[0]; }",
        "CS8168"
    )]
    [InlineData(
        "static ReadOnlySpan<ulong> Use(M map) { using BpfReadOnlyArrayView<ulong> view = map.MapReadOnly(); return view.Span; }",
        "CS8168"
    )]
    [InlineData(
        "static void Use(M map) { Span<ulong> kept; using (BpfArrayView<ulong> view = map.Map()) kept = view.Span; kept[0] = 1; }",
        "CS8168"
    )]
    [InlineData("static Span<ulong> Use(M map) => map.Map().Span;", "CS8156")]
    [InlineData("BpfArrayView<ulong> _kept; void Use(M map) { _kept = map.Map(); }", "CS8345")]
    [InlineData("static object Use(M map) => map.Map();", "CS0029")]
    [InlineData("static ref ulong Use(A map) { using BpfArenaView view = map.Map(); return ref view.At<ulong>(8); }", "CS8168")]
    [InlineData("static Span<uint> Use(A map) { using BpfArenaView view = map.Map(); return view.Values<uint>(0, 4); }", "CS8168")]
    [InlineData("static Span<byte> Use(A map) { BpfArenaView view = map.Map(); return view.Slice(0, 4); }", "CS8168")]
    [InlineData("BpfArenaView _kept; void Use(A map) { _kept = map.Map(); }", "CS8345")]
    public void EscapingReference_DoesNotCompile(string member, string error) => Assert.Contains(error, Compiler.Errors(Source(member)));

    [Theory]
    [InlineData(
        "static ulong Use(M map) { using BpfArrayView<ulong> view = map.Map(); ref ulong first = ref view[0]; first++; return first; }"
    )]
    [InlineData(
        "static ulong Use(M map) { using BpfArrayView<ulong> view = map.Map(); Span<ulong> all = view.Span; all[0] = 1; return all[0]; }"
    )]
    [InlineData(
        "static ulong Use(M map) { using BpfReadOnlyArrayView<ulong> view = map.MapReadOnly(); ref readonly ulong first = ref view[0]; return first; }"
    )]
    [InlineData(
        "static ulong Use(A map) { using BpfArenaView view = map.Map(); ref ulong first = ref view.At<ulong>(8); first++; return view.Values<ulong>(0, 2)[1] + view.PointerTo(8); }"
    )]
    [InlineData(
        "static void Use(P map) { foreach (var (key, values) in map.PerCpu()) foreach (ref readonly ulong value in values) System.Console.WriteLine(key + value); }"
    )]
    [InlineData(
        "static ulong Use(H map) { map[1] = 2; map[new()] = map[1]; return map.TryGetValue(3, out ulong value) ? value : map[4]; }"
    )]
    [InlineData(
        "static void Use(H map) { foreach (var (key, value) in map) map[key] = value + 1; foreach (var (key, _) in map.Drain()) map.Remove(key); }"
    )]
    public void ReferenceThatDoesNotEscape_Compiles(string member) => Assert.Empty(Compiler.Errors(Source(member)));

    private static string Source(string member) =>
        $$"""
            using System;
            using BpfMaps;
            using BpfMaps.Metadata;

            abstract class M(RawMap raw, BpfMapSchema schema) : BpfMappedArrayMap<ulong>(raw, schema);
            abstract class A(RawMap raw, BpfMapSchema schema) : BpfArena(raw, schema);
            abstract class P(RawMap raw, BpfMapSchema schema) : BpfPerCpuHashMap<uint, ulong>(raw, schema);
            abstract class H(RawMap raw, BpfMapSchema schema) : BpfHashMap<uint, ulong>(raw, schema);

            class Snippet
            {
                {{member}}
            }
            """;
}
