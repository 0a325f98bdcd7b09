namespace BpfMaps.Generators.Model;

/// <summary>The key types that a map type allows.</summary>
internal enum KeyForm
{
    /// <summary>Any blittable type.</summary>
    Any,

    /// <summary>A 4-byte index; <c>uint</c> by default.</summary>
    Index,

    /// <summary><c>LpmKey&lt;T&gt;</c>.</summary>
    Prefix,

    /// <summary><c>BpfCgroupStorageKey</c> by default, or an 8-byte cgroup id.</summary>
    ControlGroup,

    /// <summary>No declared key. The keys of perf event arrays are CPU numbers, and those of local storages are descriptors.</summary>
    None,
}
