using System.Diagnostics;

namespace BpfMaps.Metadata;

/// <summary>A program of a BPF object.</summary>
[DebuggerDisplay("{Name,nq} ({Section,nq})")]
public sealed class BpfProgramDefinition
{
    internal BpfProgramDefinition(string name, string section) => (Name, Section) = (name, section);

    /// <summary>Gets the name of the program's function.</summary>
    public string Name { get; }

    /// <summary>Gets the section of the program, which determines its type: <c>tracepoint/syscalls/sys_enter_openat</c>.</summary>
    public string Section { get; }
}
