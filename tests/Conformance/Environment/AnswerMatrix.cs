namespace BpfMaps.Tests;

/// <summary>A table of the result of each operation on a sample of each map type in a given state.</summary>
internal sealed class AnswerMatrix
{
    private const string NotAsked = "-";

    private static readonly MapOperation[] s_columns = Enum.GetValues<MapOperation>();

    private readonly Dictionary<BpfMapType, string[]> _rows = [];

    /// <summary>Parses the table.</summary>
    /// <param name="table">A header line, then one line per map type: its name and its results in the order of the operations; '-' for
    /// operations that are not tested.</param>
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

    /// <summary>Gets all cells: map type, operation, result.</summary>
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
