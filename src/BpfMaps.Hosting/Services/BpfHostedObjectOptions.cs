namespace BpfMaps;

/// <summary>Options of a BPF object that runs as a service.</summary>
/// <typeparam name="T">The generated class of the object.</typeparam>
public sealed class BpfHostedObjectOptions<T>
    where T : BpfTypedObject
{
    /// <summary>Gets or sets the options to open the object with. The pin folder is added to them.</summary>
    public BpfObjectOptions ObjectOptions { get; set; } = new();

    /// <summary>
    /// Gets or sets a function that is called between opening and loading, for constants, capacities and programs to leave out.
    /// </summary>
    public Action<T>? BeforeLoad { get; set; }

    /// <summary>
    /// Gets or sets the folder in a BPF file system in which all maps and links of the object are pinned, under the names of maps and
    /// programs. The attachments then continue without the process, and the next start takes them over. <see langword="null"/>, the
    /// default, pins nothing: the programs are detached when the application ends.
    /// </summary>
    /// <remarks>
    /// The folder is created. If it is below <c>/sys/fs/bpf</c> and no BPF file system is mounted there, one is mounted, which requires
    /// CAP_SYS_ADMIN. Sections of global variables are not pinned: every start has new ones.
    /// </remarks>
    public string? PinFolder { get; set; }

    /// <summary>Gets or sets what to do with maps and links that are already pinned. The default uses them.</summary>
    public PinPolicy PinPolicy { get; set; }

    /// <summary>
    /// Gets or sets whether a regular stop of the application removes the pins, which detaches the programs and releases the maps.
    /// <see langword="false"/>, the default, leaves both in place until the next start.
    /// </summary>
    public bool RemovePinsOnStop { get; set; }

    internal List<(Func<T, BpfObjectProgram> Program, Func<BpfObjectProgram, BpfLink>? Attach)> Attachments { get; } = [];

    /// <summary>
    /// Adds a program to attach at the start. Without any, every program is attached as its section specifies.
    /// </summary>
    /// <param name="program">Selects the program, once: <c>guard => guard.OnPacket</c>.</param>
    /// <param name="attach">
    /// Attaches it and returns the link: <c>program => program.AttachXdp("eth0")</c>. <see langword="null"/> to attach it as its section
    /// specifies.
    /// </param>
    public void Attach(Func<T, BpfObjectProgram> program, Func<BpfObjectProgram, BpfLink>? attach = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        Attachments.Add((program, attach));
    }
}
