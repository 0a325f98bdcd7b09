namespace BpfMaps;

/// <summary>Inline arrays in queries.</summary>
public static class BpfInlineArray
{
    /// <summary>
    /// Gets an element of an inline array in a query, because C# does not allow <c>array[index]</c> in expression trees:
    /// <c>query.Where(flow =&gt; BpfInlineArray.ElementAt&lt;ulong&gt;(flow.Value.Slots, 3) &gt; 0)</c>.
    /// </summary>
    /// <typeparam name="TElement">The type of the elements.</typeparam>
    /// <param name="array">A field whose type has <see cref="System.Runtime.CompilerServices.InlineArrayAttribute"/>.</param>
    /// <param name="index">The index, which is the same for all elements of the map.</param>
    /// <returns>Nothing: queries replace the call.</returns>
    /// <exception cref="InvalidOperationException">The method was called outside of a query.</exception>
    public static TElement ElementAt<TElement>(ValueType array, int index)
        where TElement : unmanaged =>
        throw new InvalidOperationException("BpfInlineArray.ElementAt can only be used in the expression of a query.");
}
