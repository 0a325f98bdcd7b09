namespace BpfMaps;

#pragma warning disable RS0026 // The overloads differ in the type of the map, so that optional arguments cannot make a call ambiguous.

/// <summary>Starts queries of maps.</summary>
public static class BpfQueryExtensions
{
    /// <summary>Creates a query of a hash table.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="map">The map, which must be open while the query is used.</param>
    /// <param name="execution">Where the query runs.</param>
    /// <returns>The query, to be disposed by the caller.</returns>
    /// <exception cref="BpfNotSupportedException">The query cannot run in the kernel, but must.</exception>
    /// <exception cref="BpfPermissionException">
    /// The process may not run the query in the kernel, but must; or the descriptor of the map is write-only.
    /// </exception>
    public static BpfQuery<TKey, TValue> InKernel<TKey, TValue>(
        this BpfHashMap<TKey, TValue> map,
        BpfQueryExecution execution = BpfQueryExecution.Automatic
    )
        where TKey : unmanaged
        where TValue : unmanaged => new(map, execution);

    /// <summary>Creates a query of an array. The keys of its elements are their indices.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <inheritdoc cref="InKernel{TKey, TValue}(BpfHashMap{TKey, TValue}, BpfQueryExecution)" path="/*[not(self::typeparam)]"/>
    public static BpfQuery<int, TValue> InKernel<TValue>(
        this BpfArrayMap<TValue> map,
        BpfQueryExecution execution = BpfQueryExecution.Automatic
    )
        where TValue : unmanaged => new(map, execution);

    /// <summary>Creates a query of a hash table with one value per CPU. The value of an element is the total of all CPUs.</summary>
    /// <inheritdoc cref="InKernel{TKey, TValue}(BpfHashMap{TKey, TValue}, BpfQueryExecution)"/>
    public static BpfPerCpuQuery<TKey, TValue> InKernel<TKey, TValue>(
        this BpfPerCpuHashMap<TKey, TValue> map,
        BpfQueryExecution execution = BpfQueryExecution.Automatic
    )
        where TKey : unmanaged
        where TValue : unmanaged => new(map, execution);

    /// <summary>
    /// Creates a query of an array with one value per CPU. The keys of its elements are their indices, their values the totals of all CPUs.
    /// </summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <inheritdoc cref="InKernel{TKey, TValue}(BpfHashMap{TKey, TValue}, BpfQueryExecution)" path="/*[not(self::typeparam)]"/>
    public static BpfPerCpuQuery<int, TValue> InKernel<TValue>(
        this BpfPerCpuArrayMap<TValue> map,
        BpfQueryExecution execution = BpfQueryExecution.Automatic
    )
        where TValue : unmanaged => new(map, execution);
}
