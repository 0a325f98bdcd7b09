using System.CommandLine;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Types;

namespace BpfMaps.Tool.Commands;

/// <summary>The options of commands on entries that take the types of a map from a file.</summary>
internal sealed class TypeOptions
{
    private readonly Option<string?> _file = new("--types")
    {
        Description =
            "Takes the types from a file and not from the kernel: a compiled BPF object, a .layout file, or an assembly with [BpfMap] types.",
    };

    private readonly Option<string?> _map = new("--as")
    {
        Description = "The map in the file of --types whose types are taken. Default: the one with the same name.",
    };

    /// <summary>Adds the options to a command.</summary>
    public TypeOptions(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_map);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_map) is not null && result.GetValue(_file) is null)
                result.AddError("--as names a map in the file of --types, which is missing.");
        });
    }

    /// <summary>Gets the file, if there is one.</summary>
    public TypeFile? File(ParseResult arguments) => arguments.GetValue(_file) is { } path ? TypeFile.Open(path) : null;

    /// <summary>Gets the types that the file has for a map, if there is a file.</summary>
    public DeclaredMap? Declared(ParseResult arguments, RawMap map) => File(arguments)?.Find(map, arguments.GetValue(_map));

    /// <summary>Gets the types of a map: those of the file, or those of the kernel.</summary>
    public EntryType Read(ParseResult arguments, RawMap map) => new(map, Declared(arguments, map));
}
