namespace BpfMaps.Tool.Top;

/// <summary>Rows of one kind with their order, filter and selection.</summary>
/// <param name="columns">The columns.</param>
/// <param name="sort">The index of the column that the rows are sorted by first.</param>
internal sealed class TopTable<T>(IReadOnlyList<TopColumn<T>> columns, int sort)
    where T : class
{
    private IReadOnlyList<T> _all = [];
    private uint? _selectedId;

    public required Func<T, uint> IdOf { get; init; }

    public IReadOnlyList<TopColumn<T>> Columns => columns;

    /// <summary>Gets the index of the column that the rows are sorted by.</summary>
    public int Sort { get; private set; } = sort;

    public bool IsReversed { get; private set; }

    /// <summary>Gets the rows that pass the filter, in their order.</summary>
    public IReadOnlyList<T> Rows { get; private set; } = [];

    /// <summary>Gets the index of the selected row; -1 without rows.</summary>
    public int SelectedIndex { get; private set; } = -1;

    public T? Selected => SelectedIndex >= 0 ? Rows[SelectedIndex] : null;

    public void Update(IReadOnlyList<T> rows, string filter)
    {
        _all = rows;
        Arrange(filter);
    }

    /// <summary>Sorts by the next column, or the one before.</summary>
    public void MoveSort(int step, string filter)
    {
        Sort = (Sort + step + columns.Count) % columns.Count;
        IsReversed = false;
        Arrange(filter);
    }

    public void Reverse(string filter)
    {
        IsReversed = !IsReversed;
        Arrange(filter);
    }

    /// <summary>Moves the selection by a number of rows.</summary>
    public void Move(int step)
    {
        if (Rows.Count == 0)
            return;
        SelectedIndex = Math.Clamp(SelectedIndex + step, 0, Rows.Count - 1);
        _selectedId = IdOf(Rows[SelectedIndex]);
    }

    private void Arrange(string filter)
    {
        TopColumn<T> column = columns[Sort];
        IEnumerable<T> rows = _all.Where(row => Passes(row, filter));
        bool isDescending = column.IsNumber != IsReversed;
        Rows = isDescending
            ? [.. rows.OrderByDescending(column.Order).ThenBy(IdOf)]
            : [.. rows.OrderBy(column.Order, Comparer<IComparable>.Create(Compare)).ThenBy(IdOf)];
        // The selection stays with its map or program.
        int index = Rows.ToList().FindIndex(row => IdOf(row) == _selectedId);
        SelectedIndex = index >= 0 ? index : Math.Clamp(SelectedIndex, Rows.Count == 0 ? -1 : 0, Rows.Count - 1);
        if (index < 0 && SelectedIndex >= 0 && _selectedId is not null)
            _selectedId = IdOf(Rows[SelectedIndex]);
    }

    private static int Compare(IComparable? first, IComparable? second) =>
        first is string text ? string.CompareOrdinal(text, (string?)second) : Comparer<IComparable>.Default.Compare(first, second);

    private bool Passes(T row, string filter) =>
        filter.Length == 0
        || columns.Any(column => !column.IsNumber && column.Text(row).Contains(filter, StringComparison.OrdinalIgnoreCase))
        || columns[0].Text(row) == filter;
}
