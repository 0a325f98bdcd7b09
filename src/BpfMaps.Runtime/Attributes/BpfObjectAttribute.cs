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
}
