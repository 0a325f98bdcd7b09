using System.Diagnostics.CodeAnalysis;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A compiled BPF object (<c>.bpf.o</c>): its maps and programs, opened, changed where wanted, and loaded into the kernel through libbpf.</summary>
/// <remarks>
/// Open, set what must be set before the load (capacities, initial data, which programs), <see cref="Load"/>, attach. Disposing closes the
/// object's descriptors; links detach with their own disposal, maps opened with <see cref="BpfObjectMap.Open"/> live on their own. Not for use by
/// several threads at once.
/// </remarks>
public sealed unsafe class BpfObject : IDisposable
{
    private readonly Dictionary<string, BpfObjectMap> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BpfObjectProgram> _programs = new(StringComparer.Ordinal);
    private Func<BpfObjectFile>? _read;
    private nint _object;

    private BpfObject(nint bpfObject)
    {
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

    /// <summary>The object's name: that of its file without the ending, unless one was given.</summary>
    public string Name { get; }

    /// <summary>Whether <see cref="Load"/> has succeeded.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>The object's maps, those of its global data included (<c>NAME.rodata</c>, <c>NAME.bss</c>, <c>NAME.data</c>).</summary>
    public IReadOnlyCollection<BpfObjectMap> Maps => _maps.Values;

    /// <summary>The object's programs.</summary>
    public IReadOnlyCollection<BpfObjectProgram> Programs => _programs.Values;

    /// <summary>Opens an object file. Nothing reaches the kernel yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to do differently.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BpfObjectException">It is no BPF object that libbpf understands.</exception>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static BpfObject Open(string path, BpfObjectOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no BPF object '{Path.GetFullPath(path)}'.", path);
        BpfObject opened = WithOptions(options, native => Call.Pointer($"Opening the BPF object '{path}'", "bpf_object__open_file", () => Native.ObjectOpenFile(path, (ObjectOpenOptions*)native)));
        opened._read = () => BpfObjectFile.Open(path);
        opened.Origin = Path.GetFullPath(path);
        return opened;
    }

    /// <summary>Opens an object that is in memory, an embedded resource for instance. The bytes are copied.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="name">Its name: the first part of the names of its global data maps.</param>
    /// <param name="options">What to do differently.</param>
    /// <exception cref="BpfObjectException">It is no BPF object that libbpf understands.</exception>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static BpfObject OpenMemory(ReadOnlySpan<byte> data, string name, BpfObjectOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options = (options ?? new BpfObjectOptions()) with { Name = name };
        fixed (byte* pointer = data)
        {
            nint address = (nint)pointer;
            nuint size = (nuint)data.Length;
            BpfObject opened = WithOptions(options, native => Call.Pointer($"Opening the BPF object '{name}'", "bpf_object__open_mem", () => Native.ObjectOpenMemory((byte*)address, size, (ObjectOpenOptions*)native)));
            byte[] copy = data.ToArray();
            opened._read = () => BpfObjectFile.Parse(copy, name);
            opened.Origin = name;
            return opened;
        }
    }

    /// <summary>Creates the maps and loads the programs (BPF_MAP_CREATE, BPF_PROG_LOAD).</summary>
    /// <exception cref="BpfObjectException">The kernel refused; <see cref="BpfObjectException.Log"/> has the verifier's log.</exception>
    /// <exception cref="InvalidOperationException">The object is loaded already.</exception>
    public void Load()
    {
        nint pointer = Pointer();
        if (IsLoaded)
            throw new InvalidOperationException($"The BPF object '{Name}' is loaded already.");
        _ = Call.Number($"Loading the BPF object '{Name}'", "bpf_object__load", () => Native.ObjectLoad(pointer));
        IsLoaded = true;
    }

    /// <summary>A map of the object.</summary>
    /// <param name="name">Its name in the source; for global data its section (<c>.rodata</c>, <c>.bss</c>, <c>.data</c>) is enough.</param>
    /// <exception cref="KeyNotFoundException">The object has no such map; the message lists those that it has.</exception>
    public BpfObjectMap GetMap(string name) =>
        _maps.TryGetValue(name, out BpfObjectMap? map) || TryGetSection(name, out map) ? map : throw NotFound("map", name, _maps.Keys);

    /// <summary>A program of the object.</summary>
    /// <param name="name">The name of its function in the source.</param>
    /// <exception cref="KeyNotFoundException">The object has no such program; the message lists those that it has.</exception>
    public BpfObjectProgram GetProgram(string name) =>
        _programs.TryGetValue(name, out BpfObjectProgram? program) ? program : throw NotFound("program", name, _programs.Keys);

    /// <summary>Closes the object. Programs stay loaded while links or pins hold them, maps while anybody holds them.</summary>
    public void Dispose()
    {
        nint pointer = Interlocked.Exchange(ref _object, 0);
        if (pointer != 0)
            Native.ObjectClose(pointer);
    }

    /// <summary>The full path of the file; the name, if the object was in memory.</summary>
    internal string Origin { get; private set; } = "";

    /// <summary>Reads what the object that was opened defines, which libbpf does not tell all of.</summary>
    internal BpfObjectFile ReadDefinitions() => _read!();

    /// <summary>The object's pointer, as long as it is open.</summary>
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
        map = name.StartsWith('.') ? _maps.Values.SingleOrDefault(candidate => candidate.Name.EndsWith(name, StringComparison.Ordinal)) : null;
        return map is not null;
    }
}

/// <summary>What to do differently when an object is opened.</summary>
public sealed record BpfObjectOptions
{
    /// <summary>Another name than that of the file; at most 15 characters of it name the global data maps.</summary>
    public string? Name { get; init; }

    /// <summary>Where maps that ask for it are pinned; <c>/sys/fs/bpf</c> if not given.</summary>
    public string? PinRoot { get; init; }

    /// <summary>BTF to relocate against, where the kernel's own is not to be used.</summary>
    public string? BtfPath { get; init; }

    /// <summary>Kernel configuration (<c>CONFIG_X=y</c> lines) for the object's <c>__kconfig</c> variables.</summary>
    public string? Kconfig { get; init; }
}
