namespace BpfMaps.Generators.Model;

/// <summary>A type as C code names it.</summary>
/// <param name="Text">The name: <c>__u32</c>, <c>struct flow_stats</c>.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Alignment">The alignment in C, which may be smaller than in C#.</param>
internal sealed record CTypeUse(string Text, int Size, int Alignment);
