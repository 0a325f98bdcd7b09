namespace BpfMaps;

/// <summary>Options for opening an object.</summary>
public sealed record BpfObjectOptions
{
    /// <summary>
    /// Gets the name of the object, used instead of the file name. The names of global data maps start with its first 15 characters.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Gets the directory for maps that request pinning; the default is <c>/sys/fs/bpf</c>.</summary>
    public string? PinRoot { get; init; }

    /// <summary>Gets the path of the BTF to relocate against instead of the running kernel's.</summary>
    public string? BtfPath { get; init; }

    /// <summary>
    /// Gets what the verifier logs of each program, also of those that it accepts. <see cref="Libbpf.Log"/> receives the logs as messages
    /// of
    /// the level <see cref="LibbpfLogLevel.Debug"/>.
    /// </summary>
    public BpfVerifierLogLevel VerifierLogLevel { get; init; }

    /// <summary>Gets the kernel configuration (<c>CONFIG_X=y</c> lines) for the object's <c>__kconfig</c> variables.</summary>
    public string? Kconfig { get; init; }
}
