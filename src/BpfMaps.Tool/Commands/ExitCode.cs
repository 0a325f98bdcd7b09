namespace BpfMaps.Tool.Commands;

/// <summary>What the tool tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It did not work; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;
}
