namespace BpfMaps.Generators.Objects;

/// <summary>The qualifiers of type names in generated code.</summary>
/// <param name="Own">The qualifier of the generated types.</param>
/// <param name="Qualifier">The qualifier of the generated types where a member may have the same name.</param>
/// <param name="Runtime">The qualifier of types of the runtime library.</param>
/// <param name="System">The qualifier of types of the framework.</param>
internal sealed record TypeStyle(string Own, string Qualifier, string Runtime, string System)
{
    /// <summary>Creates the style of generated code, which must compile in any context.</summary>
    public static TypeStyle Qualified(string own) => new(own, own, "global::BpfMaps.", "global::System.");

    /// <summary>Creates the style of code that users keep, with using directives.</summary>
    /// <param name="namespace">The namespace of the code; <see langword="null"/> for the global one.</param>
    public static TypeStyle Plain(string? @namespace) => new("", @namespace is null ? "global::" : $"global::{@namespace}.", "", "");
}
