namespace BpfMaps;

/// <summary>Checks that values of socket maps are large enough for a cookie.</summary>
internal static class SocketValues
{
    public static void CheckLookups(RawMap raw)
    {
        if (raw.ValueSize != sizeof(ulong))
            throw new InvalidOperationException(
                $"Map {raw} was created with value_size {raw.ValueSize}; reading cookies requires value_size {sizeof(ulong)}."
            );
    }
}
