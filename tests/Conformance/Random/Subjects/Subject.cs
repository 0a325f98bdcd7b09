namespace BpfMaps.Tests;

/// <summary>Base class of the maps that steps operate on.</summary>
internal abstract class Subject : IDisposable
{
    /// <summary>Performs a step and returns its result as a few words.</summary>
    public string Do(Step step) => Answer.Of(() => Try(step));

    public abstract void Dispose();

    protected abstract string Try(Step step);

    protected static string Found(bool found) => found ? Answer.Ok : Answer.Miss;

    protected static string Counted(BpfUpdateResult result, int processed) => $"{result} {processed}";

    protected static string List<T>(IEnumerable<T> items) => string.Join(' ', items);

    /// <summary>Returns whether an operation did not fail for an index outside the array.</summary>
    protected static bool Inside(Action operation)
    {
        try
        {
            operation();
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    protected static Exception Unknown(Step step) =>
        new ArgumentOutOfRangeException(nameof(step), step.Call, "This map does not support the operation.");
}
