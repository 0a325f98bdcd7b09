using System.Runtime.InteropServices;

namespace BpfMaps.Metadata;

/// <summary>BTF that a host holds for a map to be created. The map keeps it; this may be disposed after the creation.</summary>
/// <param name="Handle">The descriptor.</param>
/// <param name="KeyTypeId">The id of the key's type; 0 if the map has none.</param>
/// <param name="ValueTypeId">The id of the value's type; 0 if the map has none.</param>
internal sealed record LoadedBtf(SafeHandle Handle, uint KeyTypeId, uint ValueTypeId) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}
