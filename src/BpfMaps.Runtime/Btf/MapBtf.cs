using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.Metadata;

/// <summary>Loads BTF for new maps, and reads the BTF of existing maps.</summary>
internal static class MapBtf
{
    /// <summary>More than the kernel accepts (BTF_MAX_SIZE, 16 MiB).</summary>
    private const int MaxSize = 32 << 20;

    /// <summary>Loads the types of a key and a value.</summary>
    /// <param name="host">The host to load them into.</param>
    /// <param name="key">The key; <see langword="null"/> for maps without one.</param>
    /// <param name="value">The value.</param>
    /// <param name="errno">What the host answered.</param>
    /// <returns>
    /// The value of <see cref="BpfMapSpec.Btf"/>; <see langword="null"/> if the host refuses BTF, so that the map is created without it.
    /// </returns>
    /// <remarks>
    /// The kernel can reject a map with its BTF and accept it without: queues and stacks have no BTF, and the key of an array must be a
    /// plain integer of 4 bytes.
    /// </remarks>
    public static LoadedBtf? TryLoad(BpfHost host, BpfTypeLayout? key, BpfTypeLayout? value, out int errno)
    {
        BtfBlob blob = BtfWriter.Write(key, value);
        errno = host.LoadBtf(blob.Data, out SafeHandle? handle);
        if (errno == Errno.EINVAL && blob.HasFloats)
        {
            blob = BtfWriter.Write(key, value, hasFloats: false);
            errno = host.LoadBtf(blob.Data, out handle);
        }
        return errno == Errno.Ok ? new(handle!, blob.KeyTypeId, blob.ValueTypeId) : null;
    }

    /// <summary>Reads the layouts of a map's key and value from the BTF that the map was created with.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key; <see langword="null"/> if the map has none, or one whose type has no layout.</param>
    /// <param name="value">The value; <see langword="null"/> if its type has no layout.</param>
    /// <returns>
    /// <see langword="false"/> if neither is known: the map has no BTF, or this process may not read it (BPF_BTF_GET_FD_BY_ID
    /// requires CAP_SYS_ADMIN).
    /// </returns>
    public static bool TryGetLayouts(RawMap map, out BpfTypeLayout? key, out BpfTypeLayout? value)
    {
        key = null;
        value = null;
        BpfMapInfo info = map.Info;
        if (info.BtfId == 0 || !TryRead(map.Host, info.BtfId, out Btf? btf))
            return false;

        try
        {
            key = LayoutOf(btf, info.BtfKeyTypeId);
            value = LayoutOf(btf, info.BtfValueTypeId);
        }
        catch (BpfFormatException)
        {
            // The kernel has checked the types; types that still cannot be read count as unknown.
        }
        return key is not null || value is not null;
    }

    /// <summary>Reads BTF that a host holds.</summary>
    /// <returns><see langword="false"/> if there is none with this id, or it may not be read.</returns>
    public static bool TryRead(BpfHost host, uint id, [NotNullWhen(true)] out Btf? btf)
    {
        btf = null;
        if (host.OpenBtfById(id, out SafeHandle? handle) != Errno.Ok)
            return false;

        using (handle)
        {
            if (host.GetBtfData(handle!, [], out int size) != Errno.Ok || size is <= 0 or > MaxSize)
                return false;
            byte[] data = new byte[size];
            if (host.GetBtfData(handle!, data, out int sizeNow) != Errno.Ok || sizeNow != size)
                return false;
            try
            {
                btf = Btf.Parse(new FileView(data, $"BTF {id} of the kernel"), isLoaded: true);
            }
            catch (BpfFormatException)
            {
                return false; // A newer kernel may have kinds that this library does not support.
            }
        }
        return true;
    }

    private static BpfTypeLayout? LayoutOf(Btf btf, uint id) =>
        id != 0 && id < (uint)btf.Count && btf.TryGetLayout(id, out BpfTypeLayout? layout, out _) ? layout : null;
}
