using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>
/// The references that a map of maps holds to its inner maps, which must match a template. Descriptors are written; ids are stored and
/// read.
/// </summary>
internal sealed class InnerMaps(MapShape template, DescriptorTable descriptors)
{
    private readonly Dictionary<uint, (InMemoryMap Map, int Shares)> _held = [];

    /// <summary>Acquires a reference to the map of a descriptor.</summary>
    /// <param name="value">The descriptor number, 4 bytes.</param>
    /// <param name="id">The id of the map.</param>
    /// <returns>0, or the error number.</returns>
    public int Take(ReadOnlySpan<byte> value, out uint id)
    {
        id = 0;
        if (!descriptors.TryHold(MemoryMarshal.Read<int>(value), out DescriptorTable.Entry entry))
            return Errno.EBADF;
        if (entry.Object is not InMemoryMap map || !IsLikeTemplate(map.Shape))
        {
            entry.Object.Release();
            return Errno.EINVAL;
        }

        id = map.Id;
        _held[id] = (map, Shares(id) + 1);
        return Errno.Ok;
    }

    /// <summary>Gets the map of an id that was acquired and not yet released.</summary>
    public InMemoryMap this[uint id] => _held[id].Map;

    /// <summary>Releases a reference.</summary>
    public void Release(uint id)
    {
        (InMemoryMap map, int shares) = _held[id];
        if (shares == 1)
            _held.Remove(id);
        else
            _held[id] = (map, shares - 1);
        map.Release();
    }

    /// <summary>Releases all references.</summary>
    public void ReleaseAll()
    {
        foreach ((InMemoryMap map, int shares) in _held.Values)
        {
            for (int share = 0; share < shares; share++)
                map.Release();
        }

        _held.Clear();
    }

    private int Shares(uint id) => _held.GetValueOrDefault(id).Shares;

    private bool IsLikeTemplate(MapShape shape) =>
        (shape.Type, shape.KeySize, shape.ValueSize, shape.Flags) == (template.Type, template.KeySize, template.ValueSize, template.Flags)
        && (shape.MaxEntries == template.MaxEntries || shape.Type != BpfMapType.Array || shape.Flags.HasFlag(BpfMapFlags.InnerMap))
        && shape.LockOffset == template.LockOffset;
}
