using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A section of global variables of a BPF object (<c>.rodata</c>, <c>.data</c>, <c>.bss</c>); generated classes have a property for each variable.</summary>
/// <remarks>
/// Before the load the properties are the values that the variables begin with. After it they are the variables themselves, in memory that programs
/// change at the same time; constants can no longer be set then. Not for use by several threads at once before the load.
/// </remarks>
public abstract class BpfVariableSection
{
    private readonly BpfTypedObject _owner;
    private readonly BpfObjectMap _map;
    private readonly int _size;

    /// <summary>Finds the section in an open object, and checks that it is the one that the class was generated for.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="name">The section.</param>
    /// <param name="size">How many bytes it has.</param>
    /// <param name="variables">Where its variables stand, in bytes.</param>
    /// <exception cref="BpfMapMismatchException">The object's section has another size, or variables in other places; all differences are listed.</exception>
    /// <exception cref="KeyNotFoundException">The object has no such section.</exception>
    protected BpfVariableSection(BpfTypedObject owner, string name, int size, params ReadOnlySpan<(string Name, int Offset, int Size)> variables)
    {
        ArgumentNullException.ThrowIfNull(owner);
        _owner = owner;
        _map = owner.Object.GetMap(name);
        _size = size;
        Name = name;
        List<string> differences = [];
        if (_map.ValueSize != size)
            differences.Add($"its section '{name}' has {_map.ValueSize} bytes, declared are {size}");
        if (owner.Definitions.TryGetMap(name) is { } section)
            AddDifferences(differences, section, variables);
        if (differences.Count != 0)
            throw new BpfMapMismatchException($"The BPF object '{owner.Object.Name}' is not the one that the class was generated for: {string.Join("; ", differences)}.", differences, _map.Name);
    }

    /// <summary>The section's name, such as <c>.bss</c>.</summary>
    public string Name { get; }

    /// <summary>Copies a variable out of the section.</summary>
    /// <typeparam name="T">The variable's type.</typeparam>
    /// <param name="offset">Where it stands, in bytes.</param>
    protected T Read<T>(int offset)
        where T : unmanaged
    {
        if (!_owner.Object.IsLoaded)
            return MemoryMarshal.Read<T>(_map.InitialValue[offset..]);

        RawMap raw = Open();
        if ((raw.Info.Flags & BpfMapFlags.Mmapable) == 0)
            return Lookup<T>(raw, offset);
        using BpfReadOnlyMemoryView memory = raw.MapReadOnly();
        return MemoryMarshal.Read<T>(memory.Slice(offset, Unsafe.SizeOf<T>()));
    }

    /// <summary>Sets a variable.</summary>
    /// <typeparam name="T">The variable's type.</typeparam>
    /// <param name="offset">Where it stands, in bytes.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfPermissionException">The section is constant, and the object is loaded.</exception>
    protected void Write<T>(int offset, T value)
        where T : unmanaged
    {
        if (!_owner.Object.IsLoaded)
        {
            MemoryMarshal.Write(_map.InitialValue[offset..], value);
            return;
        }

        using BpfMemoryView memory = MapMemory();
        MemoryMarshal.Write(memory.Slice(offset, Unsafe.SizeOf<T>()), value);
    }

    /// <summary>Sets a constant, which is possible before the load only.</summary>
    /// <typeparam name="T">The constant's type.</typeparam>
    /// <param name="offset">Where it stands, in bytes.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The object is loaded.</exception>
    protected void WriteConstant<T>(int offset, T value)
        where T : unmanaged => MemoryMarshal.Write(_map.InitialValue[offset..], value);

    /// <summary>Maps the loaded section for reading and writing in place (mmap, Linux 5.5).</summary>
    /// <returns>A view to dispose.</returns>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    /// <exception cref="BpfException">The kernel has no mapped maps, or all variables of the section are static.</exception>
    protected BpfMemoryView MapMemory() => Open().Map();

    private static void AddDifferences(List<string> differences, BpfMapDefinition section, ReadOnlySpan<(string Name, int Offset, int Size)> variables)
    {
        foreach ((string name, int offset, int size) in variables)
        {
            // Static variables of several C files may have one name.
            BpfVariableDefinition[] named = [.. section.Variables.Where(variable => variable.Name == name)];
            if (named.Length == 0)
                differences.Add($"it has no variable '{name}' in '{section.Name}'");
            else if (!Array.Exists(named, variable => variable.Offset == offset && variable.Size == size))
                differences.Add($"its variable '{name}' has {named[0].Size} bytes at {named[0].Offset} in '{section.Name}', declared are {size} at {offset}");
        }
    }

    private RawMap Open() => _owner.OpenMap(Name, static raw => raw);

    private T Lookup<T>(RawMap raw, int offset)
        where T : unmanaged
    {
        byte[] section = ArrayPool<byte>.Shared.Rent(_size);
        try
        {
            ReadOnlySpan<byte> first = [0, 0, 0, 0];
            _ = raw.TryLookup(first, section.AsSpan(0, _size));
            return MemoryMarshal.Read<T>(section.AsSpan(offset));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(section);
        }
    }
}
