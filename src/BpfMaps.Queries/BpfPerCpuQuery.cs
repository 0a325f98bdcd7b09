namespace BpfMaps;

/// <summary>
/// Questions about all elements of a per-CPU map. The value of an element is the total of all CPUs, computed in the kernel with the rules
/// of <see cref="BpfAggregateAttribute"/>.
/// </summary>
/// <typeparam name="TKey">The type of the keys; <see cref="int"/> for arrays.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <inheritdoc cref="BpfQuery{TKey, TValue}" path="/remarks"/>
public sealed class BpfPerCpuQuery<TKey, TValue> : BpfQuery<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal BpfPerCpuQuery(BpfMap map, BpfQueryExecution execution)
        : base(map, execution) { }

    /// <summary>Gets all elements with the totals of their values. Only totals are copied, not the values of all CPUs.</summary>
    /// <returns>The elements, which each enumeration reads again.</returns>
    public BpfQueryFilter<TKey, TValue> Totals() => Everything;
}
