namespace BpfMaps.InMemory;

/// <summary>The verifier's rules for the helper functions.</summary>
internal static class ProgramHelpers
{
    /// <summary>Gets the kernel's name of the function.</summary>
    public static string Name(this ProgramHelper helper) =>
        helper switch
        {
            ProgramHelper.Lookup or ProgramHelper.LookupMap or ProgramHelper.Modify => "bpf_map_lookup_elem",
            ProgramHelper.Update => "bpf_map_update_elem",
            ProgramHelper.Delete => "bpf_map_delete_elem",
            ProgramHelper.Push => "bpf_map_push_elem",
            ProgramHelper.Pop => "bpf_map_pop_elem",
            ProgramHelper.Output => "bpf_ringbuf_output",
            ProgramHelper.Reserve => "bpf_ringbuf_reserve",
            ProgramHelper.Query => "bpf_ringbuf_query",
            ProgramHelper.Drain => "bpf_user_ringbuf_drain",
            _ => "bpf_map_peek_elem",
        };

    /// <summary>Returns whether the verifier allows the function for maps of a type.</summary>
    public static bool Accepts(this ProgramHelper helper, BpfMapType type) =>
        helper switch
        {
            ProgramHelper.Lookup or ProgramHelper.Modify or ProgramHelper.Update or ProgramHelper.Delete => type
                is BpfMapType.Hash
                    or BpfMapType.LruHash
                    or BpfMapType.PerCpuHash
                    or BpfMapType.LruPerCpuHash
                    or BpfMapType.Array
                    or BpfMapType.PerCpuArray
                    or BpfMapType.LpmTrie,
            ProgramHelper.LookupMap => type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps,
            ProgramHelper.MayContain => type == BpfMapType.BloomFilter,
            ProgramHelper.Push => type is BpfMapType.Queue or BpfMapType.Stack or BpfMapType.BloomFilter,
            ProgramHelper.Output or ProgramHelper.Reserve or ProgramHelper.Query => type == BpfMapType.RingBuf,
            ProgramHelper.Drain => type == BpfMapType.UserRingBuf,
            _ => type is BpfMapType.Queue or BpfMapType.Stack,
        };

    /// <summary>Returns whether the function changes the map.</summary>
    public static bool Writes(this ProgramHelper helper) =>
        helper is ProgramHelper.Modify or ProgramHelper.Update or ProgramHelper.Delete or ProgramHelper.Push or ProgramHelper.Pop;

    /// <summary>Returns whether the function reveals the map's content.</summary>
    public static bool Reads(this ProgramHelper helper) =>
        helper is not (ProgramHelper.Update or ProgramHelper.Delete or ProgramHelper.Push);
}
