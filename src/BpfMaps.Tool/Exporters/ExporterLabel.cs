namespace BpfMaps.Tool.Exporters;

/// <summary>Some bytes of the key.</summary>
/// <param name="Padding">Bytes after them that belong to no label.</param>
/// <param name="Decoders">What makes text of them: each decoder gets what the one before returns.</param>
internal sealed record ExporterLabel(string Name, int Size, int Padding, IReadOnlyList<ExporterDecoder> Decoders);
