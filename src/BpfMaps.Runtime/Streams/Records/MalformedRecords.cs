using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Handles the records of a stream that are too short.</summary>
internal sealed class MalformedRecords(RawMap map, string typeName, int expectedLength)
{
    public BpfRecordHandler? Handler { get; set; }

    public bool Take(ref byte record, int length)
    {
        BpfRecordHandler? handler = Handler;
        if (handler is null)
            Throw(length);
        handler(MemoryMarshal.CreateReadOnlySpan(ref record, length));
        return false;
    }

    [DoesNotReturn]
    private void Throw(int length) =>
        throw new BpfMalformedRecordException(
            $"A record of map {map} has {length} bytes, but {typeName} has {expectedLength}. It was skipped; set OnMalformed to receive such records.",
            length,
            expectedLength,
            map.Name
        );
}
