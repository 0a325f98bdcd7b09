using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A section of variables as a member of the object's class.</summary>
internal sealed record SectionMember(string Name, string ClassName, LayoutSection Section, IReadOnlyList<VariableMember> Variables)
{
    /// <summary>Whether it is read-only after the object is loaded.</summary>
    public bool IsConstant => (Section.Flags & BpfMapFlags.ReadOnlyProgram) != 0;
}
