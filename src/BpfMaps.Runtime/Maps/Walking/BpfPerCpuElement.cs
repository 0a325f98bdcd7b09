namespace BpfMaps;

/// <summary>A key and the values that the CPUs hold of it.</summary>
/// <typeparam name="TKey">The type of the keys; the index of an array is an <see cref="int"/>.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public readonly ref struct BpfPerCpuElement<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal BpfPerCpuElement(TKey key, BpfPerCpuView<TValue> values)
    {
        Key = key;
        Values = values;
    }

    /// <summary>Gets the current key.</summary>
    public TKey Key { get; }

    /// <summary>One value per possible CPU, in place; valid until the enumeration goes on.</summary>
    public BpfPerCpuView<TValue> Values { get; }

    /// <summary>Takes the element apart.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">One value per possible CPU, in place; valid until the enumeration goes on.</param>
    public void Deconstruct(out TKey key, out BpfPerCpuView<TValue> values)
    {
        key = Key;
        values = Values;
    }
}
