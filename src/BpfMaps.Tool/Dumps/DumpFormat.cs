namespace BpfMaps.Tool.Dumps;

/// <summary>A format of entries.</summary>
internal enum DumpFormat
{
    /// <summary><c>key -> value</c>, one entry a line.</summary>
    Lines,

    /// <summary>Columns, one for each field.</summary>
    Table,

    /// <summary>An array of objects.</summary>
    Json,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,
}
