namespace BpfMaps;

/// <summary>Makes a <c>partial class</c> the typed face of a compiled BPF object: its maps, its global variables and its programs become members.</summary>
/// <remarks>
/// The members are generated at compile time from the <c>.layout</c> file that describes the object, and load it through the package
/// BpfMaps.Libbpf. A map that a declaration of your own describes (<see cref="BpfMapAttribute.Object"/> and
/// <see cref="BpfMapAttribute.Name"/>) has that declaration's types.
/// </remarks>
/// <example>
/// <code>
/// [BpfObject("syscalls.bpf.o")]
/// public sealed partial class Syscalls;
///
/// using Syscalls syscalls = Syscalls.Open();
/// syscalls.Rodata.TargetPid = 42;
/// syscalls.Load();
/// using BpfLink link = syscalls.OnEnter.Attach();
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BpfObjectAttribute : Attribute
{
    /// <summary>Names the object.</summary>
    /// <param name="path">The object's file (<c>.bpf.o</c>). Only its name counts: the build copies it beside the application.</param>
    public BpfObjectAttribute(string path) => Path = path;

    /// <summary>The object's file.</summary>
    public string Path { get; }

    /// <summary>
    /// C types of the object that are generated although no map and no variable is of them, such as the records of a ring: <c>Types = ["event", "kinds"]</c>. A struct,
    /// a union or an enumeration by its name, with or without the keyword, an enumeration also by the name of one of its constants; <c>"*"</c> for all that its
    /// <c>.layout</c> lists.
    /// </summary>
    /// <remarks>The compiler writes a type into the object only if something uses it: <c>const struct event *unused __attribute__((unused));</c> is enough.</remarks>
    public string[] Types { get; set; } = [];
}
