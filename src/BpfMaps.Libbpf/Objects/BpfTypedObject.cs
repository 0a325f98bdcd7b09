using System.Reflection;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Base class of the classes generated for <see cref="BpfObjectAttribute"/>: an open object and, after the load, its typed maps.
/// </summary>
/// <remarks>
/// Open the object, set what must be set before the load, call <see cref="Load"/>, and attach its programs. Disposing closes the object and
/// every map that was opened through it. Links are disposed separately.
/// </remarks>
public abstract class BpfTypedObject : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IDisposable> _maps = new(StringComparer.Ordinal);
    private readonly Lazy<BpfObjectFile> _file;
    private bool _isDisposed;

    /// <summary>Initializes a new instance for an open object.</summary>
    /// <param name="bpfObject">The object. The new instance takes ownership.</param>
    protected BpfTypedObject(BpfObject bpfObject)
    {
        ArgumentNullException.ThrowIfNull(bpfObject);
        Object = bpfObject;
        _file = new(bpfObject.ReadDefinitions);
    }

    /// <summary>Gets the untyped object, which gives access to capacities, pins, initial values and the selection of programs.</summary>
    public BpfObject Object { get; }

    /// <summary>Gets the definitions in the object file, which is read on first use.</summary>
    internal BpfObjectFile Definitions => _file.Value;

    /// <summary>Creates the maps, or uses those that are pinned, and loads the programs (BPF_MAP_CREATE, BPF_PROG_LOAD).</summary>
    /// <exception cref="BpfMapMismatchException">
    /// A map is pinned at the <see cref="BpfObjectMap.PinPath"/> of a map of the object, but has another type, size, capacity, flags or
    /// other fields. The message names the pins and all differences. Nothing was loaded, created or written.
    /// </exception>
    /// <exception cref="BpfObjectException">The kernel rejected a map or a program; <see cref="BpfObjectException.Log"/> contains the
    /// verifier's log.</exception>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    public void Load() => Object.Load();

    /// <inheritdoc cref="BpfObject.AttachAll"/>
    public BpfLinkCollection AttachAll() => Object.AttachAll();

    /// <summary>Closes the object and its maps. Programs stay loaded while links or pins hold them.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an object file in the application's directory.</summary>
    /// <param name="file">The path of the file, relative to <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <returns>The object, owned by the caller.</returns>
    /// <remarks>If there is no such file, a file of the same name without the folder is opened.</remarks>
    protected static BpfObject OpenBesideApplication(string file, BpfObjectOptions? options)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);
        string flat = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
        return BpfObject.Open(File.Exists(path) || !File.Exists(flat) ? path : flat, options);
    }

    /// <summary>Opens an object that is embedded in an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="resource">The name of the resource: the path of the object, or the end of it.</param>
    /// <param name="name">The name of the object, unless the options have one.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <returns>The object, owned by the caller.</returns>
    /// <exception cref="FileNotFoundException">The assembly has no such resource.</exception>
    protected static BpfObject OpenResource(Assembly assembly, string resource, string name, BpfObjectOptions? options) =>
        BpfObject.OpenMemory(EmbeddedObject.Read(assembly, resource), options?.Name ?? name, options);

    /// <summary>Checks that the open object is the one that the class was generated for.</summary>
    /// <param name="maps">
    /// The maps and sections of variables that the object must define: name, type, key_size and value_size in bytes, and the schema of the
    /// map's class
    /// if there is one, whose fields are compared.
    /// </param>
    /// <param name="programs">The programs that the object must define.</param>
    /// <exception cref="BpfMapMismatchException">
    /// The object lacks one of them, or defines it differently; all differences are listed.
    /// </exception>
    protected void CheckDefinitions(
        ReadOnlySpan<(string Name, BpfMapType Type, int KeySize, int ValueSize, BpfMapSchema? Schema)> maps,
        ReadOnlySpan<string> programs
    )
    {
        List<string> differences;
        try
        {
            differences = ObjectDefinitionCheck.Differences(Definitions, maps, programs);
        }
        catch (BpfFormatException unreadable)
        {
            differences = [$"it cannot be read: {unreadable.Message}"];
        }
        if (differences.Count == 0)
            return;
        throw new BpfMapMismatchException(
            $"The BPF object '{Object.Origin}' does not match the generated class '{GetType()}': {string.Join("; ", differences)}. "
                + "If several projects or packages of the application have an object with this file name, only one of them can be there: give them different names, or places with Link.",
            differences
        );
    }

    /// <summary>Opens a map, or returns the instance that was opened before.</summary>
    /// <typeparam name="TMap">The type of the map.</typeparam>
    /// <param name="name">The name of the map in the object.</param>
    /// <param name="open">Creates the typed map from the open map and takes ownership of it on success.</param>
    /// <returns>The map. It is disposed with this object.</returns>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    /// <exception cref="BpfMapMismatchException">The shape of the map differs from the one that the class was generated for.</exception>
    protected internal TMap OpenMap<TMap>(string name, Func<RawMap, TMap> open)
        where TMap : class, IDisposable
    {
        ArgumentNullException.ThrowIfNull(open);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_maps.TryGetValue(name, out IDisposable? known))
                return (TMap)known;

            RawMap raw = Object.GetMap(name).Open();
            try
            {
                TMap map = open(raw);
                _maps.Add(name, map);
                return map;
            }
            catch
            {
                raw.Dispose();
                throw;
            }
        }
    }

    /// <summary>Closes the object and its maps.</summary>
    /// <param name="disposing"><see langword="true"/> if called by <see cref="Dispose()"/>; there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        lock (_gate)
        {
            _isDisposed = true;
            foreach (IDisposable map in _maps.Values)
                map.Dispose();
            _maps.Clear();
            Object.Dispose();
        }
    }
}
