using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps;

// Creating, opening, adopting and listing maps.
public sealed partial class RawMap
{
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."
    );

    /// <summary>Creates a map (BPF_MAP_CREATE, Linux 3.18).</summary>
    /// <param name="spec">The properties of the map.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <exception cref="ArgumentException">The name is invalid, or a size is negative.</exception>
    /// <exception cref="BpfPermissionException">A capability is missing; the message names it.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support the map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error; the message names the violated rule, if it is known.</exception>
    public static RawMap Create(BpfMapSpec spec, BpfHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.KeySize);
        ArgumentOutOfRangeException.ThrowIfNegative(spec.ValueSize);
        CheckName(spec.Name);
        host ??= BpfHost.Kernel;
        if (spec.InnerMap is { } inner && inner._host != host)
            throw new ArgumentException($"The inner map {inner} belongs to another host than the new map.", nameof(spec));

        Span<byte> name = stackalloc byte[KernelLimits.LongestName];
        BpfMapCreateArguments arguments = new()
        {
            Type = spec.Type,
            KeySize = (uint)spec.KeySize,
            ValueSize = (uint)spec.ValueSize,
            MaxEntries = spec.MaxEntries,
            Flags = spec.Flags | (spec.NumaNode.HasValue ? BpfMapFlags.NumaNode : BpfMapFlags.None),
            Name = name[..Encoding.ASCII.GetBytes(spec.Name, name)],
            NumaNode = spec.NumaNode.GetValueOrDefault(),
            MapExtra = spec.MapExtra,
            InterfaceIndex = spec.InterfaceIndex,
            InnerMap = spec.InnerMap?._handle,
            Btf = spec.Btf,
            BtfKeyTypeId = spec.BtfKeyTypeId,
            BtfValueTypeId = spec.BtfValueTypeId,
            BtfVmlinuxValueTypeId = spec.BtfVmlinuxValueTypeId,
        };
        int errno = host.CreateMap(arguments, out SafeHandle? handle);
        return errno == Errno.Ok ? Describe(host, handle!, pinPath: null) : throw MapCreationFailure.Explain(spec, host, errno);
    }

    /// <summary>Opens a pinned map (BPF_OBJ_GET, Linux 4.4; access modes Linux 4.15).</summary>
    /// <param name="path">The pin, in a BPF file system.</param>
    /// <param name="access">The access that the descriptor allows.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <exception cref="BpfPermissionException">A capability is missing, or the mode of the pin denies access.</exception>
    /// <exception cref="BpfException">The path does not exist (ENOENT), or the pin is not a map (EINVAL).</exception>
    public static RawMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null)
    {
        host ??= BpfHost.Kernel;
        path = FullPinPath(path);
        int errno = host.OpenPinnedMap(path, access, out SafeHandle? handle);
        return errno == Errno.Ok ? Describe(host, handle!, path) : throw PinFailure(host, errno, BpfCommand.ObjGet, path, mapName: null);
    }

    /// <summary>Opens a map by its id (BPF_MAP_GET_FD_BY_ID, Linux 4.13; access modes Linux 4.15). Requires CAP_SYS_ADMIN.</summary>
    /// <param name="id">The id, see <see cref="BpfMapInfo.Id"/> and <c>bpftool map</c>.</param>
    /// <param name="access">The access that the descriptor allows.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    /// <exception cref="BpfException">No map has this id (ENOENT).</exception>
    public static RawMap OpenById(uint id, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null)
    {
        host ??= BpfHost.Kernel;
        int errno = host.OpenMapById(id, access, out SafeHandle? handle);
        if (errno == Errno.Ok)
            return Describe(host, handle!, pinPath: null);

        string advice = errno == Errno.ENOENT ? $"No map has the id {id}." : host.Explain(BpfCommand.MapGetFdById, errno, path: null) ?? "";
        throw BpfException.Of($"Opening the map with id {id}", errno, BpfCommand.MapGetFdById, mapName: null, advice);
    }

    /// <summary>Creates a map from a descriptor, which is duplicated. The caller keeps the original.</summary>
    /// <param name="fileDescriptor">The descriptor of a map.</param>
    /// <param name="host">The host of the descriptor; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <exception cref="BpfException">The descriptor is not open (EBADF), or is not one of a map (EINVAL).</exception>
    public static RawMap FromFileDescriptor(int fileDescriptor, BpfHost? host = null)
    {
        host ??= BpfHost.Kernel;
        int errno = host.DuplicateDescriptor(fileDescriptor, out SafeHandle? handle);
        if (errno == Errno.Ok)
            return Describe(host, handle!, pinPath: null);

        string advice = errno switch
        {
            Errno.EBADF => "The descriptor is not open in this process.",
            Errno.EINVAL => "The descriptor is not one of a BPF map.",
            _ => host.Explain(BpfCommand.DuplicateDescriptor, errno, path: null) ?? "",
        };
        throw BpfException.Of($"Duplicating descriptor {fileDescriptor}", errno, BpfCommand.DuplicateDescriptor, mapName: null, advice);
    }

    /// <summary>
    /// Lists the maps of all processes in the order of their ids (BPF_MAP_GET_NEXT_ID, Linux 4.13). Requires CAP_SYS_ADMIN.
    /// </summary>
    /// <remarks>
    /// Maps that are created or removed during the enumeration may or may not be listed. Open a map with
    /// <see cref="OpenById(uint, BpfMapAccess, BpfHost?)"/>.
    /// </remarks>
    /// <param name="host">The host of the maps; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    public static IEnumerable<BpfMapInfo> EnumerateLoaded(BpfHost? host = null)
    {
        return Walk(host ?? BpfHost.Kernel);

        static IEnumerable<BpfMapInfo> Walk(BpfHost host)
        {
            uint id = 0;
            while (true)
            {
                int errno = host.GetNextMapId(id, out uint next);
                if (errno == Errno.ENOENT)
                    yield break;
                if (errno != Errno.Ok)
                    throw BpfException.Of(
                        "Listing the loaded maps",
                        errno,
                        BpfCommand.MapGetNextId,
                        mapName: null,
                        host.Explain(BpfCommand.MapGetNextId, errno, path: null)
                    );
                // Ids ascend. A host that does not advance would cause an infinite loop.
                if (next <= id)
                    yield break;
                id = next;
                if (TryGetInfo(host, id) is { } info)
                    yield return info;
            }
        }
    }

    private static BpfMapInfo? TryGetInfo(BpfHost host, uint id)
    {
        // Read-only access is enough for the info, even of maps whose contents only programs can access.
        int errno = host.OpenMapById(id, BpfMapAccess.ReadOnly, out SafeHandle? handle);
        if (errno == Errno.ENOENT)
            return null;
        if (errno != Errno.Ok)
            throw BpfException.Of(
                $"Opening the map with id {id}",
                errno,
                BpfCommand.MapGetFdById,
                mapName: null,
                host.Explain(BpfCommand.MapGetFdById, errno, path: null)
            );
        using RawMap map = Describe(host, handle!, pinPath: null);
        return map.Info;
    }

    private static unsafe RawMap Describe(BpfHost host, SafeHandle handle, string? pinPath)
    {
        BpfMapInfoData data;
        int errno = host.GetMapInfo(handle, &data);
        if (errno == Errno.Ok)
        {
            try
            {
                return new RawMap(host, handle, new BpfMapInfo(data), pinPath);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }

        handle.Dispose();
        throw BpfException.Of(
            "Reading the info of the map",
            errno,
            BpfCommand.ObjGetInfoByFd,
            mapName: null,
            host.Explain(BpfCommand.ObjGetInfoByFd, errno, path: null)
        );
    }

    private static void CheckName(string? name)
    {
        if (name is null)
            return;
        if (name.Length is 0 or > KernelLimits.LongestName)
            throw new ArgumentException(
                $"The map name '{name}' has {name.Length} characters; the kernel accepts 1 to {KernelLimits.LongestName}.",
                nameof(name)
            );

        int at = name.AsSpan().IndexOfAnyExcept(s_nameCharacters);
        if (at >= 0)
            throw new ArgumentException(
                $"The map name '{name}' has '{name[at]}' at position {at}; the kernel accepts letters, digits, '_' and '.'.",
                nameof(name)
            );
    }
}
