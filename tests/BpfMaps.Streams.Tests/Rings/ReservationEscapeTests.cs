namespace BpfMaps.Tests;

/// <summary>Tests that the compiler rejects references into a ring that outlive their reservation or handler.</summary>
public sealed class ReservationEscapeTests
{
    [Theory]
    [InlineData(
        "static ref ulong M(BpfUserRingBuffer<ulong> ring) { ring.TryReserve(out BpfReservation<ulong> r); return ref r.Value; }",
        "CS8168"
    )]
    [InlineData(
        "static Span<byte> M(BpfUserRingBuffer<ulong> ring) { ring.TryReserve(8, out BpfReservation r); return r.Bytes; }",
        "CS8168"
    )]
    [InlineData("BpfReservation<ulong> _kept; ", "CS8345")]
    [InlineData(
        "static ref readonly ulong M(BpfRingBuffer<ulong> ring) { ref readonly ulong kept = ref s_none; ring.Read((in ulong e) => kept = ref e); return ref kept; }",
        "CS8175"
    )]
    [InlineData(
        "static void M(BpfRingBuffer<ulong> ring) { ReadOnlySpan<byte> kept = default; ring.Read(record => kept = record); }",
        "CS8175"
    )]
    public void EscapingReference_DoesNotCompile(string member, string error) => Assert.Contains(error, Compiler.Errors(Source(member)));

    [Theory]
    [InlineData(
        "static ulong M(BpfUserRingBuffer<ulong> ring) { if (!ring.TryReserve(out BpfReservation<ulong> r)) return 0; using (r) { ref ulong v = ref r.Value; v = 3; r.Submit(); return v; } }"
    )]
    [InlineData(
        "static int M(BpfRingBuffer<ulong> ring) { ulong sum = 0; return ring.Read((in ulong e) => sum += e) + ring.Read((in e) => sum += e) + ring.Read(record => sum += (ulong)record.Length); }"
    )]
    [InlineData(
        "static int M(BpfRingBuffer<ulong> ring) { ulong sum = 0; return ring.Read((in p, record) => sum += BpfRecord.As<uint>(record)); }"
    )]
    public void ReferenceThatDoesNotEscape_Compiles(string member) => Assert.Empty(Compiler.Errors(Source(member)));

    private static string Source(string member) => $"using System; using BpfMaps; class C {{ static ulong s_none; {member} }}";
}
