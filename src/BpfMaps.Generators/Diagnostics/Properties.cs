using System.Collections.Immutable;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Builds <c>Diagnostic.Properties</c>.</summary>
internal static class Properties
{
    public static ImmutableDictionary<string, string?> Of(params (string Name, string? Value)[] properties)
    {
        ImmutableDictionary<string, string?>.Builder builder = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach ((string name, string? value) in properties)
        {
            if (value is not null)
                builder[name] = value;
        }
        return builder.ToImmutable();
    }
}
