namespace BpfMaps.Tests;

/// <summary>A query that cannot be translated.</summary>
/// <param name="Id">The diagnostic of the analyzer.</param>
/// <param name="Part">The part that the analyzer underlines.</param>
/// <param name="Reason">The reason that the analyzer and the exception give.</param>
/// <param name="Ask">Creates the query.</param>
/// <param name="Shown">The part in the exception, if the compiler writes it differently into expression trees.</param>
internal sealed record UntranslatableCase(string Id, string Part, string Reason, Action Ask, string? Shown = null);
