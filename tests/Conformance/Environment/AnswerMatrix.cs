namespace BpfMaps.Tests;

/// <summary>A table of what each command comes to on a sample of each kind: an update and a lookup on an empty map, all others after an update.</summary>
internal sealed class AnswerMatrix
{
    private const string NotAsked = "-";

    /// <summary>What the columns after the first two are.</summary>
    private static readonly MapOperation[] s_columns =
    [
        MapOperation.Lookup,
        MapOperation.GetNextKey,
        MapOperation.LookupAndDelete,
        MapOperation.Delete,
        MapOperation.LookupBatch,
        MapOperation.LookupAndDeleteBatch,
        MapOperation.UpdateBatch,
        MapOperation.DeleteBatch,
        MapOperation.Freeze,
    ];

    private readonly string[][] _rows;

    /// <summary>Reads the table.</summary>
    /// <param name="table">A line of headings, then a line a kind: its name and its answers.</param>
    public AnswerMatrix(string table) => _rows = [.. table.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public IEnumerable<BpfMapType> Kinds => _rows.Select(row => Enum.Parse<BpfMapType>(row[0]));

    /// <summary>Every cell: kind, whether the map is filled, command, answer.</summary>
    public TheoryData<BpfMapType, bool, MapOperation, string> Cells()
    {
        TheoryData<BpfMapType, bool, MapOperation, string> cells = [];
        foreach (string[] row in _rows)
        {
            BpfMapType type = Enum.Parse<BpfMapType>(row[0]);
            cells.Add(type, false, MapOperation.Update, row[1]);
            cells.Add(type, false, MapOperation.Lookup, row[2]);
            foreach ((string expected, MapOperation operation) in row[3..].Zip(s_columns))
            {
                if (expected != NotAsked)
                    cells.Add(type, true, operation, expected);
            }
        }

        return cells;
    }
}
