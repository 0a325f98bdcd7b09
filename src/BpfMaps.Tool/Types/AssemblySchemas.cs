using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Types;

/// <summary>The declarations of maps in an assembly: the properties <c>Schema</c> of the generated classes.</summary>
/// <remarks>
/// Layouts are computed when the assembly is compiled and are code in it, so the assembly is loaded and the properties are read.
/// </remarks>
internal static class AssemblySchemas
{
    private const string Property = "Schema";
    private const string NotTrimmed = "The tool is not published as a trimmed or native program, and the types are not its own.";

    /// <exception cref="InvalidDataException">The file is not an assembly, or its schemas cannot be read.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = NotTrimmed)]
    public static IReadOnlyList<BpfMapSchema> Read(string path)
    {
        string full = Path.GetFullPath(path);
        AssemblyLoadContext context = new(full);
        AssemblyDependencyResolver? resolver = TryResolve(full);
        // Called for what the tool does not have itself: its BpfMaps.dll is the one that the schemas must be of.
        context.Resolving += (loading, name) =>
            resolver?.ResolveAssemblyToPath(name) is { } found ? loading.LoadFromAssemblyPath(found) : null;
        try
        {
            return [.. TypesOf(context.LoadFromAssemblyPath(full)).Select(SchemaOf).OfType<BpfMapSchema>()];
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            throw new InvalidDataException($"the assembly '{path}' cannot be loaded: {exception.Message}", exception);
        }
        catch (TargetInvocationException exception)
        {
            Exception cause = exception.GetBaseException();
            throw new InvalidDataException($"a schema of the assembly '{path}' cannot be read: {cause.Message}", exception);
        }
    }

    /// <returns><see langword="null"/> if the assembly has no list of its dependencies; they must then be beside it.</returns>
    private static AssemblyDependencyResolver? TryResolve(string path)
    {
        try
        {
            return new(path);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [RequiresUnreferencedCode(NotTrimmed)]
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // Types whose dependencies are missing have no schemas that are needed here.
            return exception.Types.OfType<Type>();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = NotTrimmed)]
    private static BpfMapSchema? SchemaOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.ContainsGenericParameters || !type.IsSubclassOf(typeof(BpfMap)))
            return null;
        return type.GetProperty(Property, Own) is { } property && property.PropertyType == typeof(BpfMapSchema)
            ? (BpfMapSchema?)property.GetValue(null)
            : null;
    }
}
