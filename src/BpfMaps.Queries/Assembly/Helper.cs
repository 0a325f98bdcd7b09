namespace BpfMaps.Queries.Assembly;

/// <summary>The helper functions of the kernel that queries call (<c>enum bpf_func_id</c>).</summary>
internal enum Helper
{
    /// <summary><c>bpf_map_lookup_elem(map, key)</c>, Linux 3.19.</summary>
    LookupElement = 1,

    /// <summary><c>bpf_map_delete_elem(map, key)</c>, Linux 3.19.</summary>
    DeleteElement = 3,

    /// <summary><c>bpf_get_smp_processor_id()</c>, Linux 4.1.</summary>
    GetCpu = 8,

    /// <summary><c>bpf_for_each_map_elem(map, callback, context, flags)</c>, Linux 5.13.</summary>
    ForEachElement = 164,

    /// <summary><c>bpf_map_lookup_percpu_elem(map, key, cpu)</c>, Linux 5.19.</summary>
    LookupElementOfCpu = 195,
}
