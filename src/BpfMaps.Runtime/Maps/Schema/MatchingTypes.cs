namespace BpfMaps.Metadata;

/// <summary>The types of a map whose fields match a declaration. A map with the same types is opened again without reading them.</summary>
/// <remarks>Types do not change. The kernel gives their ids in turn, and the same id again only after 2^31 others.</remarks>
internal sealed class MatchingTypes
{
    private readonly WeakReference<BpfHost> _host;
    private readonly (uint Btf, uint Key, uint Value) _ids;

    private MatchingTypes(RawMap map)
    {
        _host = new WeakReference<BpfHost>(map.Host);
        _ids = IdsOf(map);
    }

    public static MatchingTypes Of(RawMap map) => new(map);

    /// <summary>Returns whether a map has these types.</summary>
    public bool AreThoseOf(RawMap map) => _ids == IdsOf(map) && _host.TryGetTarget(out BpfHost? host) && host == map.Host;

    private static (uint Btf, uint Key, uint Value) IdsOf(RawMap map) => (map.Info.BtfId, map.Info.BtfKeyTypeId, map.Info.BtfValueTypeId);
}
