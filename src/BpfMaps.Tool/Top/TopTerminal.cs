using Spectre.Console;

namespace BpfMaps.Tool.Top;

/// <summary>Runs <c>top</c> on a terminal: refreshes, keys, and changes of the size.</summary>
internal sealed class TopTerminal(TopSampler sampler, TimeSpan interval, CancellationToken ended)
{
    private static readonly TimeSpan s_keyInterval = TimeSpan.FromMilliseconds(30);

    private readonly TopState _state = new();
    private MapDetail? _detail;
    private DateTime _next;

    /// <summary>Gets whether there is a terminal that can be drawn on and typed on.</summary>
    public static bool IsPossible =>
        !Console.IsOutputRedirected
        && !Console.IsInputRedirected
        && AnsiConsole.Profile.Capabilities is { Ansi: true, AlternateBuffer: true };

    public void Run()
    {
        IAnsiConsole console = AnsiConsole.Console;
        console.AlternateScreen(() =>
        {
            _state.Update(sampler.Read());
            // Rates need two readings: the second comes early.
            _next = DateTime.UtcNow + TimeSpan.FromMilliseconds(Math.Min(250, interval.TotalMilliseconds));
            // A live display keeps the size that it has had, so each size gets its own.
            while (!IsOver)
            {
                console.Clear();
                (int Width, int Height) size = Size(console);
                console.Live(Draw(size)).Overflow(VerticalOverflow.Crop).Start(context => Refresh(context, console, size));
            }
        });
    }

    private bool IsOver => _state.IsOver || ended.IsCancellationRequested;

    /// <summary>Handles keys and draws refreshes until the end, or until the terminal has another size.</summary>
    private void Refresh(LiveDisplayContext context, IAnsiConsole console, (int Width, int Height) size)
    {
        while (!IsOver && Size(console) == size)
        {
            bool isChanged = PressKeys();
            if (!_state.IsPaused && DateTime.UtcNow >= _next)
            {
                _state.Update(sampler.Read());
                _detail?.Refresh();
                _next = DateTime.UtcNow + interval;
                isChanged = true;
            }
            if (isChanged)
                context.UpdateTarget(Draw(size));
            ended.WaitHandle.WaitOne(s_keyInterval);
        }
    }

    private Rows Draw((int Width, int Height) size) => TopScreen.Draw(_state, _detail, sampler.Problem, size.Width, size.Height);

    private static (int Width, int Height) Size(IAnsiConsole console) => (console.Profile.Width, console.Profile.Height);

    private bool PressKeys()
    {
        bool isPressed = false;
        while (Console.KeyAvailable)
        {
            _state.Press(Console.ReadKey(intercept: true));
            isPressed = true;
        }
        if (_detail?.Id != _state.OpenMap)
            _detail = _state.OpenMap is { } id ? new MapDetail(id) : null;
        return isPressed;
    }
}
