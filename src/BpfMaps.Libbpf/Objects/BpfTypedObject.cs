namespace BpfMaps;

/// <summary>What the classes have in common that are generated for a <see cref="BpfObjectAttribute"/>: an open object, and its maps once it is loaded.</summary>
/// <remarks>
/// Open, set what must be set before the load, <see cref="Load"/>, attach. Disposing closes the object and every map that was opened through it;
/// links detach with their own disposal.
/// </remarks>
public abstract class BpfTypedObject : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IDisposable> _maps = new(StringComparer.Ordinal);
    private readonly Lazy<BpfObjectFile> _file;
    private bool _isDisposed;

    /// <summary>Puts typed members on an open object.</summary>
    /// <param name="bpfObject">The object; this one owns it from now on.</param>
    protected BpfTypedObject(BpfObject bpfObject)
    {
        ArgumentNullException.ThrowIfNull(bpfObject);
        Object = bpfObject;
        _file = new(bpfObject.ReadDefinitions);
    }

    /// <summary>The object without types: capacities, pins, initial values, and which programs are loaded.</summary>
    public BpfObject Object { get; }

    /// <summary>What the object defines, read when it is first asked for.</summary>
    internal BpfObjectFile Definitions => _file.Value;

    /// <summary>Creates the maps and loads the programs (BPF_MAP_CREATE, BPF_PROG_LOAD).</summary>
    /// <exception cref="BpfObjectException">The kernel refused; <see cref="BpfObjectException.Log"/> has the verifier's log.</exception>
    /// <exception cref="InvalidOperationException">The object is loaded already.</exception>
    public void Load() => Object.Load();

    /// <summary>Closes the object and its maps. Programs stay loaded while links or pins hold them.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an object that lies beside the application.</summary>
    /// <param name="file">The file, relative to <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="options">What to do differently.</param>
    /// <returns>The object, which is the caller's.</returns>
    /// <remarks>If there is no such file, a file of the same name without the folder is opened.</remarks>
    protected static BpfObject OpenBesideApplication(string file, BpfObjectOptions? options)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);
        string flat = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
        return BpfObject.Open(File.Exists(path) || !File.Exists(flat) ? path : flat, options);
    }

    /// <summary>Checks that the open object is the one that the class was generated for.</summary>
    /// <param name="maps">
    /// The maps and sections of variables that it must define: name, type, key_size and value_size in bytes, and the schema of the map's class
    /// if there is one, whose fields are compared.
    /// </param>
    /// <param name="programs">The programs that it must define.</param>
    /// <exception cref="BpfMapMismatchException">The object lacks one of them, or defines it differently; all differences are listed.</exception>
    protected void CheckDefinitions(
        ReadOnlySpan<(string Name, BpfMapType Type, int KeySize, int ValueSize, BpfMapSchema? Schema)> maps,
        ReadOnlySpan<string> programs)
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
            $"The BPF object '{Object.Origin}' is not the one that the class '{GetType()}' was generated for: {string.Join("; ", differences)}. "
            + "If several projects or packages of the application have an object with this file name, only one of them can be there: give them different names, or places with Link.",
            differences);
    }

    /// <summary>Opens a map, or gives the one that was opened before.</summary>
    /// <typeparam name="TMap">What the map is opened as.</typeparam>
    /// <param name="name">The map's name in the object.</param>
    /// <param name="open">Puts types on the open map, and owns it if it succeeds.</param>
    /// <returns>The map; disposed with this object.</returns>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    /// <exception cref="BpfMapMismatchException">The map has another shape than the class was generated for.</exception>
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
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller; there is no finalizer.</param>
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
