using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>What a map of maps holds: shares in maps that are like a template. Descriptors come in, ids are kept and handed out.</summary>
internal sealed class InnerMaps(MapShape template, DescriptorTable descriptors)
{
    private readonly Dictionary<uint, (InMemoryMap Map, int Shares)> _held = [];

    /// <summary>Takes a share in the map that a descriptor stands for.</summary>
    /// <param name="value">The descriptor's number, 4 bytes.</param>
    /// <param name="id">The map's id.</param>
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

    /// <summary>The map with an id that was taken and not given back.</summary>
    public InMemoryMap this[uint id] => _held[id].Map;

    /// <summary>Gives a share back.</summary>
    public void Release(uint id)
    {
        (InMemoryMap map, int shares) = _held[id];
        if (shares == 1)
            _held.Remove(id);
        else
            _held[id] = (map, shares - 1);
        map.Release();
    }

    /// <summary>Gives all shares back.</summary>
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
