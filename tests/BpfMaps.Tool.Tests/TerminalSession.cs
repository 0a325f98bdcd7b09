using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>A terminal in which a command runs: tmux draws its output, so that the screen can be read, and types keys.</summary>
internal sealed class TerminalSession : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly string _socket = $"bpfmaps_{Guid.NewGuid():N}";

    /// <summary>Runs the tool.</summary>
    public TerminalSession(int width, int height, params string[] arguments)
        : this($"dotnet {Programs.Tool} {string.Join(' ', arguments)}; echo \"exit code $?\"; exec sleep 1000", width, height) { }

    /// <summary>Runs a command of the shell.</summary>
    public TerminalSession(string command, int width, int height)
    {
        Require.Program("tmux", "tmux");
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", Text(width), "-y", Text(height), command);
    }

    /// <summary>Gets the id of the process of the tool.</summary>
    public int ToolId
    {
        get
        {
            string shell = Tmux("list-panes", "-F", "#{pane_pid}").Trim();
            return int.Parse(
                Processes.Run("pgrep", "-P", shell).Split('\n', StringSplitOptions.RemoveEmptyEntries)[0],
                CultureInfo.InvariantCulture
            );
        }
    }

    /// <summary>Types keys, by the names that tmux has for them.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    public void Resize(int width, int height) => Tmux("resize-window", "-x", Text(width), "-y", Text(height));

    /// <summary>Waits until the screen meets a condition.</summary>
    /// <returns>The lines of the screen.</returns>
    public async Task<string[]> WaitForAsync(Func<string[], bool> isMet)
    {
        DateTime end = DateTime.UtcNow + s_patience;
        while (true)
        {
            string[] screen = Tmux("capture-pane", "-p").TrimEnd('\n').Split('\n');
            if (isMet(screen))
                return screen;
            Assert.True(DateTime.UtcNow < end, $"the screen is still\n{string.Join('\n', screen)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a line of the screen contains a text.</summary>
    /// <returns>The line.</returns>
    public async Task<string> WaitForAsync(string text)
    {
        string[] screen = await WaitForAsync(lines => lines.Any(line => line.Contains(text, StringComparison.Ordinal)));
        return screen.First(line => line.Contains(text, StringComparison.Ordinal));
    }

    public void Dispose() => Tmux("kill-server");

    private string Tmux(params string[] arguments) => Processes.Run("tmux", ["-L", _socket, "-u", .. arguments]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
