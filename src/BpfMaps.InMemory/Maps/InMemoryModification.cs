namespace BpfMaps;

/// <summary>Changes a value in place, as a program does through the pointer that <c>bpf_map_lookup_elem</c> returns.</summary>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <param name="value">The value. The reference is valid until the method returns.</param>
public delegate void InMemoryModification<TValue>(ref TValue value)
    where TValue : unmanaged;
