using System.Runtime.InteropServices;

namespace BpfMaps.Metadata;

/// <summary>BTF that a host has loaded for a new map. It can be disposed after the creation, because the map keeps it.</summary>
/// <param name="Handle">The descriptor.</param>
/// <param name="KeyTypeId">The id of the key's type; 0 if the map has none.</param>
/// <param name="ValueTypeId">The id of the value's type; 0 if the map has none.</param>
internal sealed record LoadedBtf(SafeHandle Handle, uint KeyTypeId, uint ValueTypeId) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}
