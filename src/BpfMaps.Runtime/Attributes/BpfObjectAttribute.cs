namespace BpfMaps;

/// <summary>
/// Generates typed members on a <c>partial class</c> for the maps, global variables and programs of a compiled BPF object.
/// </summary>
/// <remarks>
/// The members are generated at compile time from the <c>.layout</c> file that describes the object. They use the package BpfMaps.Libbpf to
/// load it. A map that your code declares with <see cref="BpfMapAttribute.Object"/> and <see cref="BpfMapAttribute.Name"/> has the types of
/// that declaration.
/// </remarks>
/// <example>
/// <code>
/// [BpfObject("syscalls.bpf.o")]
/// public sealed partial class Syscalls;
///
/// using Syscalls syscalls = Syscalls.Open(); syscalls.Rodata.TargetPid = 42; syscalls.Load(); using BpfLink link =
/// syscalls.OnEnter.Attach();
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BpfObjectAttribute : Attribute
{
    /// <summary>Specifies the object.</summary>
    /// <param name="path">The path of the object file (<c>.bpf.o</c>). Only the file name is used: the build copies the file to the
    /// application's directory.</param>
    public BpfObjectAttribute(string path) => Path = path;

    /// <summary>Gets the path of the object file.</summary>
    public string Path { get; }

    /// <summary>
    /// C types of the object that are generated although no map and no variable is of them, such as the records of a ring: <c>Types =
    /// ["event", "kinds"]</c>. A struct, a union or an enumeration by its name, with or without the keyword, an enumeration also by the
    /// name of one of its constants; <c>"*"</c> for all that its <c>.layout</c> lists.
    /// </summary>
    /// <remarks>
    /// The compiler writes a type into the object only if something uses it: <c>const struct event *unused __attribute__((unused));</c> is
    /// enough.
    /// </remarks>
    public string[] Types { get; set; } = [];
}
