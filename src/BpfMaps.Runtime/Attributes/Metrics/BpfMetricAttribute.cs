namespace BpfMaps;

/// <summary>Base class of the attributes that export a field of a map's value as a metric. Package BpfMaps.Metrics reads them.</summary>
/// <remarks>
/// On a field, the field is exported. On a partial class with <see cref="BpfMapAttribute"/> whose value is a number, the value itself is.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Class)]
public abstract class BpfMetricAttribute : Attribute
{
    private protected BpfMetricAttribute(string name) => Name = name;

    /// <summary>
    /// Gets the name in OpenTelemetry's form (<c>http.requests</c>): a letter, then letters, digits and <c>_ . - /</c>, at most 255
    /// characters. In Prometheus text, other characters than letters, digits and <c>_</c> become <c>_</c>, and the unit and the kind are
    /// appended (<c>http_requests_total</c>).
    /// </summary>
    public string Name { get; }

    /// <summary>
    /// Gets or sets the unit of the exported number, as UCUM writes it: <c>s</c>, <c>By</c>, <c>1</c>, or what is counted in braces
    /// (<c>{request}</c>).
    /// Prometheus names get it in words (<c>_seconds</c>, <c>_bytes</c>); units in braces are left out.
    /// </summary>
    public string? Unit { get; set; }

    /// <summary>One sentence for people who read the metric.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Gets or sets the factor by which numbers are multiplied before they are exported: <c>1e-9</c> converts nanoseconds to seconds.
    /// The default is 1.
    /// </summary>
    public double Scale { get; set; } = 1;
}
