using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A program as a member of the object's class.</summary>
internal sealed record ProgramMember(string Name, LayoutProgram Program);
