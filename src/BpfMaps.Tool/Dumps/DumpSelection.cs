using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Filters;

namespace BpfMaps.Tool.Dumps;

/// <summary>The entries to print, and their order.</summary>
/// <param name="Where">The condition; <see langword="null"/> for all entries.</param>
/// <param name="Sort">What entries are sorted by; <see langword="null"/> for the order of the kernel.</param>
/// <param name="Descending">Whether the largest come first.</param>
/// <param name="Top">The number of entries; <see langword="null"/> for all.</param>
internal sealed record DumpSelection(Expression? Where, Expression? Sort, bool Descending, int? Top)
{
    /// <summary>
    /// Selects entries. Without <see cref="Sort"/> only one entry is in memory at a time, with it those that are printed.
    /// </summary>
    /// <param name="entries">All entries; their bytes may change with the next.</param>
    /// <param name="printer">Gets the values that are compared.</param>
    public IEnumerable<Entry> Apply(IEnumerable<Entry> entries, EntryPrinter printer)
    {
        if (Where is { } where)
            entries = entries.Where(entry => where.IsTrue(new EntryBytes(entry.Key.Span, printer.ValueOf(entry))));
        if (Sort is null)
            return Top is { } count ? entries.Take(count) : entries;

        Comparer<Entry> order = Comparer<Entry>.Create((first, second) => Compare(first, second, printer));
        return Top is { } most ? First(entries, most, order) : entries.Select(Copy).Order(order);
    }

    /// <summary>Gets the first entries in an order, and holds no more than these.</summary>
    private static Entry[] First(IEnumerable<Entry> entries, int count, Comparer<Entry> order)
    {
        if (count == 0)
            return [];
        // The last in the order is dequeued first. The number of each entry keeps equal entries in the order of the kernel.
        Comparer<(Entry Entry, long Number)> lastFirst = Comparer<(Entry Entry, long Number)>.Create(
            (a, b) => order.Compare(b.Entry, a.Entry) is not 0 and var difference ? difference : b.Number.CompareTo(a.Number)
        );
        PriorityQueue<Entry, (Entry, long)> queue = new(lastFirst);
        long number = 0;
        foreach (Entry entry in entries)
        {
            number++;
            if (queue.Count < count)
            {
                Entry copy = Copy(entry);
                queue.Enqueue(copy, (copy, number));
            }
            else if (order.Compare(entry, queue.Peek()) < 0)
            {
                Entry copy = Copy(entry);
                queue.DequeueEnqueue(copy, (copy, number));
            }
        }
        Entry[] sorted = new Entry[queue.Count];
        for (int index = sorted.Length - 1; index >= 0; index--)
            sorted[index] = queue.Dequeue();
        return sorted;
    }

    private int Compare(Entry first, Entry second, EntryPrinter printer)
    {
        // The printer's total is that of the last call.
        byte[] value = printer.ValueOf(first).ToArray();
        EntryBytes left = new(first.Key.Span, value);
        EntryBytes right = new(second.Key.Span, printer.ValueOf(second));
        int order = Comparison.Compare(Sort!, left, Sort!, right);
        return Descending ? -order : order;
    }

    private static Entry Copy(Entry entry) => new(entry.Key.ToArray(), entry.Value.ToArray());
}
