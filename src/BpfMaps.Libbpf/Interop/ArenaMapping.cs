using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The mapping of an arena by libbpf, which maps arenas at the load since version 1.5 and unmaps them when the object is closed. The
/// kernel allows no second mapping in the process, so it is shared, and keeps the object open.
/// </summary>
internal sealed class ArenaMapping : SafeHandle
{
    private readonly ObjectHandle _object;

    private ArenaMapping(nint address, ObjectHandle bpfObject)
        : base(0, ownsHandle: true)
    {
        bool held = false;
        bpfObject.DangerousAddRef(ref held);
        _object = bpfObject;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Finds the mapping of a loaded arena.</summary>
    /// <returns><see langword="null"/> if libbpf did not map it: before version 1.5, and if an existing map is reused.</returns>
    public static unsafe ArenaMapping? Find(nint map, ObjectHandle bpfObject)
    {
        nuint size;
        nint address = (nint)Native.MapInitialValue(map, &size);
        // For a reused map, libbpf returns its copy of the initial data.
        return address != 0 && address % Environment.SystemPageSize == 0 && IsMap(address) ? new(address, bpfObject) : null;
    }

    protected override bool ReleaseHandle()
    {
        _object.DangerousRelease();
        return true;
    }

    /// <summary>Gets whether the memory of a BPF map is mapped at an address.</summary>
    private static bool IsMap(nint address)
    {
        string start = address.ToString("x", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/self/maps")
            .Select(static line => line.TrimStart('0'))
            .Any(line =>
                line.StartsWith(start, StringComparison.Ordinal)
                && line[start.Length] == '-'
                && line.Contains("bpf-map", StringComparison.Ordinal)
            );
    }
}
