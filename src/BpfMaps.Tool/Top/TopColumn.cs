namespace BpfMaps.Tool.Top;

/// <summary>A column of maps or programs.</summary>
/// <param name="Header">The heading.</param>
/// <param name="IsNumber">Whether it is aligned to the right, and sorted from the largest.</param>
/// <param name="Text">The text of a cell.</param>
/// <param name="Order">What rows are sorted by.</param>
internal sealed record TopColumn<T>(string Header, bool IsNumber, Func<T, string> Text, Func<T, IComparable> Order);
