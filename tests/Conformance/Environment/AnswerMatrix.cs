namespace BpfMaps.Tests;

/// <summary>A table of what each operation comes to on a sample of each kind that is in a certain state.</summary>
internal sealed class AnswerMatrix
{
    private const string NotAsked = "-";

    private static readonly MapOperation[] s_columns = Enum.GetValues<MapOperation>();

    private readonly Dictionary<BpfMapType, string[]> _rows = [];

    /// <summary>Reads the table.</summary>
    /// <param name="table">A line of headings, then a line a kind: its name and its answers, in the order of the operations; '-' for what is not asked.</param>
    public AnswerMatrix(string table)
    {
        foreach (string line in table.Split('\n').Skip(1))
        {
            string[] row = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(s_columns.Length, row.Length - 1);
            _rows.Add(Enum.Parse<BpfMapType>(row[0]), row[1..]);
        }
    }

    public IEnumerable<BpfMapType> Kinds => _rows.Keys;

    /// <summary>Every cell: kind, operation, answer.</summary>
    public TheoryData<BpfMapType, MapOperation, string> Cells()
    {
        TheoryData<BpfMapType, MapOperation, string> cells = [];
        foreach ((BpfMapType type, string[] row) in _rows)
        {
            foreach ((MapOperation operation, string answer) in s_columns.Zip(row))
            {
                if (answer != NotAsked)
                    cells.Add(type, operation, answer);
            }
        }

        return cells;
    }
}
