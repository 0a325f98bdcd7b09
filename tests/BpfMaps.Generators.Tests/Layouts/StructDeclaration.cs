using CsCheck;

namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>The layout of a random struct.</summary>
internal enum Arrangement
{
    Sequential,
    Packed,
    Sized,
    PackedAndSized,
    Explicit,
    ExplicitAndSized,
    Union,
}

/// <summary>A random field as three numbers, which shrink well. The renderer interprets them.</summary>
internal readonly record struct FieldChoice(int Kind, int First, int Second);

/// <summary>A random struct. Its fields may be of the structs that come before it in its batch.</summary>
internal sealed record StructDeclaration(Arrangement Arrangement, int Pack, int Size, FieldChoice[] Fields)
{
    private static readonly Gen<FieldChoice> s_field = Gen.Select(
        Gen.Int[0, FieldRenderer.Kinds - 1],
        Gen.Int[0, 63],
        Gen.Int[0, 63],
        static (k, a, b) => new FieldChoice(k, a, b)
    );

    public static Gen<StructDeclaration[]> Batches { get; } =
        Gen.Select(
            Gen.Enum<Arrangement>(),
            Gen.Int[0, 5].Select(static n => 1 << n),
            Gen.Int[1, 80],
            s_field.Array[1, 7],
            static (arrangement, pack, size, fields) => new StructDeclaration(arrangement, pack, size, fields)
        ).Array[1, 24];

    public bool IsExplicit => Arrangement is Arrangement.Explicit or Arrangement.ExplicitAndSized or Arrangement.Union;

    /// <summary>Whether C can express it. C has no explicit offsets and sizes.</summary>
    public bool IsC => Arrangement is Arrangement.Sequential or Arrangement.Packed or Arrangement.Union && Pack <= 16;

    /// <summary>Whether its size is a multiple of its alignment, which elements of inline arrays require.</summary>
    public bool IsArrayElement => Arrangement is not (Arrangement.Sized or Arrangement.PackedAndSized or Arrangement.ExplicitAndSized);

    public string Attribute =>
        Arrangement switch
        {
            Arrangement.Sequential => "",
            Arrangement.Packed => $"[StructLayout(LayoutKind.Sequential, Pack = {Pack})] ",
            Arrangement.Sized => $"[StructLayout(LayoutKind.Sequential, Size = {Size})] ",
            Arrangement.PackedAndSized => $"[StructLayout(LayoutKind.Sequential, Pack = {Pack}, Size = {Size})] ",
            Arrangement.Explicit => $"[StructLayout(LayoutKind.Explicit, Pack = {Pack})] ",
            Arrangement.ExplicitAndSized => $"[StructLayout(LayoutKind.Explicit, Size = {Size})] ",
            _ => "[StructLayout(LayoutKind.Explicit)] ",
        };

    /// <summary>The offset of the field in structs with explicit layout.</summary>
    public int OffsetOf(FieldChoice field) => Arrangement == Arrangement.Union ? 0 : field.Second;
}
