namespace BpfMaps.Tests;

/// <summary>A map that steps are done on.</summary>
internal abstract class Subject : IDisposable
{
    /// <summary>What a step comes to, in a few words.</summary>
    public string Do(Step step) => Answer.Of(() => Try(step));

    public abstract void Dispose();

    protected abstract string Try(Step step);

    protected static string Found(bool found) => found ? Answer.Ok : Answer.Miss;

    protected static string Counted(BpfUpdateResult result, int processed) => $"{result} {processed}";

    protected static string List<T>(IEnumerable<T> items) => string.Join(' ', items);

    /// <summary>Whether an index was not refused for being outside.</summary>
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

    protected static Exception Unknown(Step step) => new ArgumentOutOfRangeException(nameof(step), step.Call, "This map cannot do that.");
}
