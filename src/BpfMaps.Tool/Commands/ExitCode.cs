namespace BpfMaps.Tool.Commands;

/// <summary>Exit codes of the tool.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command failed; standard error has the reason.</summary>
    public const int Failure = 1;

    /// <summary>The command line is not valid.</summary>
    public const int Usage = 2;
}
