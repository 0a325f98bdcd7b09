using System.Diagnostics.CodeAnalysis;
using System.Text;
using BpfMaps.Interop;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A compiled BPF object (<c>.bpf.o</c>) with its maps and programs. It can be opened, modified, and loaded into the kernel through libbpf.
/// </summary>
/// <remarks>
/// Open the object, set what must be set before the load (capacities, initial data, programs to load), call <see cref="Load"/>, and attach
/// its programs. Disposing closes the object's descriptors. Links are disposed separately, and maps opened with
/// <see cref="BpfObjectMap.Open"/> are independent of the object. Instances are not thread-safe.
/// </remarks>
public sealed unsafe class BpfObject : IDisposable
{
    private readonly Dictionary<string, BpfObjectMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BpfObjectProgram> _programs = new(StringComparer.Ordinal);
    private Func<BpfObjectFile>? _read;
    private readonly ObjectHandle _handle;
    private nint _object;

    private BpfObject(nint bpfObject)
    {
        _handle = new(bpfObject);
        _object = bpfObject;
        Name = Call.Text(Native.ObjectName(bpfObject));
        for (nint map = Native.ObjectNextMap(bpfObject, 0); map != 0; map = Native.ObjectNextMap(bpfObject, map))
        {
            string name = Call.Text(Native.MapName(map));
            _maps[name] = new BpfObjectMap(this, map, name);
        }

        for (nint program = Native.ObjectNextProgram(bpfObject, 0); program != 0; program = Native.ObjectNextProgram(bpfObject, program))
        {
            string name = Call.Text(Native.ProgramName(program));
            _programs[name] = new BpfObjectProgram(this, program, name);
        }
    }

    /// <summary>Gets the name of the object: the file name without its extension, unless another name was given.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether <see cref="Load"/> has succeeded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>
    /// Gets the maps of the object, including those of its global data (<c>NAME.rodata</c>, <c>NAME.bss</c>, <c>NAME.data</c>).
    /// </summary>
    public IReadOnlyCollection<BpfObjectMap> Maps => _maps.Values;

    /// <summary>Gets the programs of the object.</summary>
    public IReadOnlyCollection<BpfObjectProgram> Programs => _programs.Values;

    /// <summary>Opens an object file. This does not load anything into the kernel.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="BpfObjectException">The file is not a BPF object, or libbpf does not support it.</exception>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static BpfObject Open(string path, BpfObjectOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The BPF object '{Path.GetFullPath(path)}' does not exist.", path);
        BpfObject opened = Explain(
            () =>
                WithOptions(
                    options,
                    native =>
                        Call.Pointer(
                            $"Opening the BPF object '{path}'",
                            "bpf_object__open_file",
                            () => Native.ObjectOpenFile(path, (ObjectOpenOptions*)native)
                        )
                ),
            () => BpfObjectFile.Open(path)
        );
        opened._read = () => BpfObjectFile.Open(path);
        opened.Origin = Path.GetFullPath(path);
        return opened;
    }

    /// <summary>Opens an object from memory, for example an embedded resource. The bytes are copied.</summary>
    /// <param name="data">The complete file.</param>
    /// <param name="name">The name of the object; the names of its global data maps start with it.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="BpfObjectException">The data is not a BPF object, or libbpf does not support it.</exception>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static BpfObject OpenMemory(ReadOnlySpan<byte> data, string name, BpfObjectOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options = (options ?? new BpfObjectOptions()) with { Name = name };
        fixed (byte* pointer = data)
        {
            nint address = (nint)pointer;
            nuint size = (nuint)data.Length;
            byte[] copy = data.ToArray();
            BpfObject opened = Explain(
                () =>
                    WithOptions(
                        options,
                        native =>
                            Call.Pointer(
                                $"Opening the BPF object '{name}'",
                                "bpf_object__open_mem",
                                () => Native.ObjectOpenMemory((byte*)address, size, (ObjectOpenOptions*)native)
                            )
                    ),
                () => BpfObjectFile.Parse(copy, name)
            );
            opened._read = () => BpfObjectFile.Parse(copy, name);
            opened.Origin = name;
            return opened;
        }
    }

    /// <summary>Creates the maps, or uses those that are pinned, and loads the programs (BPF_MAP_CREATE, BPF_PROG_LOAD).</summary>
    /// <exception cref="BpfMapMismatchException">
    /// A map is pinned at the <see cref="BpfObjectMap.PinPath"/> of a map of the object, but has another type, size, capacity, flags or
    /// other fields. The message names the pins and all differences. Nothing was loaded, created or written.
    /// </exception>
    /// <exception cref="BpfPermissionException">The mode or owner of a pin denies access to it; the message names both.</exception>
    /// <exception cref="BpfObjectException">The kernel rejected a map or a program; <see cref="BpfObjectException.Log"/> contains the
    /// verifier's log.</exception>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    public void Load()
    {
        nint pointer = Pointer();
        if (IsLoaded)
            throw new InvalidOperationException($"The BPF object '{Name}' is already loaded.");
        PinnedMapCheck.ThrowIfDifferent(this, _read!);
        Explain(
            () => Call.Number($"Loading the BPF object '{Name}'", "bpf_object__load", () => Native.ObjectLoad(pointer)),
            _read!,
            () => KernelLacks.Of(this)
        );
        IsLoaded = true;
    }

    /// <summary>
    /// Attaches each loaded program to the target that its section specifies. Programs whose sections name no target (XDP, traffic control,
    /// control groups), and those whose <see cref="BpfObjectProgram.AutoAttach"/> is <see langword="false"/>, are skipped.
    /// </summary>
    /// <returns>The links, to be disposed.</returns>
    /// <exception cref="BpfObjectException">
    /// At least one program could not be attached; the message names each of them with the reason. None stays attached.
    /// </exception>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    public BpfLinkCollection AttachAll()
    {
        CheckLoaded("AttachAll");
        Dictionary<string, BpfLink> links = new(StringComparer.Ordinal);
        List<string> skipped = [];
        List<BpfObjectException> failures = [];
        foreach (BpfObjectProgram program in _programs.Values.Where(static program => program.AutoLoad))
        {
            try
            {
                if (program.AutoAttach && program.TryAttach() is { } link)
                    links.Add(program.Name, link);
                else
                    skipped.Add(program.Name);
            }
            catch (BpfObjectException failure)
            {
                failures.Add(failure);
            }
        }
        BpfLinkCollection all = new(links, skipped);
        if (failures.Count == 0)
            return all;
        all.Dispose();
        throw failures.Count == 1
            ? failures[0]
            : new BpfObjectException(
                $"{failures.Count} programs of the BPF object '{Name}' could not be attached. "
                    + string.Join(Environment.NewLine, failures.Select(static failure => failure.Message)),
                failures[0].Errno,
                failures[0].Command,
                string.Join(Environment.NewLine, failures.Select(static failure => failure.Log))
            );
    }

    /// <summary>Gets a map of the object.</summary>
    /// <param name="name">The name of the map in the source. For global data, the section name (<c>.rodata</c>, <c>.bss</c>, <c>.data</c>)
    /// is sufficient.</param>
    /// <exception cref="KeyNotFoundException">The object has no such map; the message lists the existing maps.</exception>
    public BpfObjectMap GetMap(string name) =>
        _maps.TryGetValue(name, out BpfObjectMap? map) || TryGetSection(name, out map) ? map : throw NotFound("map", name, _maps.Keys);

    /// <summary>Gets a program of the object.</summary>
    /// <param name="name">The name of the program's function in the source.</param>
    /// <exception cref="KeyNotFoundException">The object has no such program; the message lists the existing programs.</exception>
    public BpfObjectProgram GetProgram(string name) =>
        _programs.TryGetValue(name, out BpfObjectProgram? program) ? program : throw NotFound("program", name, _programs.Keys);

    /// <summary>Closes the object. Programs stay loaded while links or pins hold them, and maps while anything holds them.</summary>
    /// <remarks>
    /// libbpf 1.5 and later map arenas when the object is loaded. The object then stays open until the opened arenas and their views are
    /// disposed, too.
    /// </remarks>
    public void Dispose()
    {
        _object = 0;
        _handle.Dispose();
    }

    /// <summary>Gets the full path of the file, or the name if the object was opened from memory.</summary>
    internal string Origin { get; private set; } = "";

    /// <summary>Reads the definitions of the opened object, of which libbpf exposes only a part.</summary>
    internal BpfObjectFile ReadDefinitions() => _read!();

    /// <summary>Finds the memory of an arena that libbpf mapped at the load.</summary>
    internal ArenaMapping? FindArenaMapping(nint map) => ArenaMapping.Find(map, _handle);

    /// <summary>Gets the native pointer; throws if the object is closed.</summary>
    internal nint Pointer()
    {
        ObjectDisposedException.ThrowIf(_object == 0, this);
        return _object;
    }

    internal void CheckLoaded(string what)
    {
        _ = Pointer();
        if (!IsLoaded)
            throw new InvalidOperationException($"{what} needs the BPF object '{Name}' to be loaded: call Load() first.");
    }

    internal void CheckNotLoaded(string what)
    {
        _ = Pointer();
        if (IsLoaded)
            throw new InvalidOperationException($"{what} must be set before the BPF object '{Name}' is loaded.");
    }

    /// <summary>
    /// A failure of libbpf, with what the definitions of the object say of the reason: libbpf tells some of it only to who asked for its
    /// debug output.
    /// </summary>
    private static T Explain<T>(Func<T> function, Func<BpfObjectFile> read, Func<IEnumerable<string>>? lacks = null)
    {
        try
        {
            return function();
        }
        catch (BpfObjectException failure)
        {
            string reasons = string.Join(
                Environment.NewLine,
                ((string[])[LoadRefusals.Of(read), .. lacks?.Invoke() ?? []]).Where(static reason => reason.Length != 0)
            );
            throw reasons.Length == 0
                ? failure
                : new BpfObjectException($"{failure.Message}{Environment.NewLine}{reasons}", failure.Errno, failure.Command, failure.Log);
        }
    }

    private static BpfObject WithOptions(BpfObjectOptions? options, Func<nint, nint> open)
    {
        fixed (byte* name = NullTerminated(options?.Name))
        fixed (byte* pinRoot = NullTerminated(options?.PinRoot))
        fixed (byte* btf = NullTerminated(options?.BtfPath))
        fixed (byte* kconfig = NullTerminated(options?.Kconfig))
        {
            ObjectOpenOptions native = new()
            {
                Size = (nuint)sizeof(ObjectOpenOptions),
                ObjectName = name,
                PinRootPath = pinRoot,
                BtfCustomPath = btf,
                Kconfig = kconfig,
                KernelLogLevel = (uint)(options?.VerifierLogLevel ?? BpfVerifierLogLevel.None),
            };
            return new BpfObject(open((nint)(&native)));
        }
    }

    private static byte[]? NullTerminated(string? text) => text is null ? null : [.. Encoding.UTF8.GetBytes(text), 0];

    private static KeyNotFoundException NotFound(string kind, string name, IEnumerable<string> there)
    {
        string list = string.Join(", ", there);
        return new KeyNotFoundException($"The object has no {kind} '{name}'; it has {(list.Length == 0 ? "none" : list)}.");
    }

    private bool TryGetSection(string name, [NotNullWhen(true)] out BpfObjectMap? map)
    {
        map = name.StartsWith('.')
            ? _maps.Values.SingleOrDefault(candidate => candidate.Name.EndsWith(name, StringComparison.Ordinal))
            : null;
        return map is not null;
    }
}
