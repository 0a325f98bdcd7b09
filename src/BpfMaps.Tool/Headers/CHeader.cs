using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Headers;

/// <summary>Writes all types of BTF as a C header, each after those that it needs.</summary>
internal sealed class CHeader
{
    private readonly Btf _btf;
    private readonly CNames _names;
    private readonly CBodies _bodies;
    private readonly TextWriter _output;
    private readonly HashSet<uint> _defined = [];
    private readonly HashSet<uint> _started = [];
    private readonly HashSet<string> _declared = [];

    private CHeader(Btf btf, TextWriter output)
    {
        _btf = btf;
        _names = new(btf);
        _bodies = new(btf, _names);
        _output = output;
    }

    public static void Write(Btf btf, string origin, TextWriter output)
    {
        output.Write(
            $"""
            // {OutsideText.Escape(origin)}
            #ifndef __VMLINUX_H__
            #define __VMLINUX_H__

            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
            #endif


            """
        );
        CHeader header = new(btf, output);
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            if (btf[id] is { Name.Length: > 0, Kind: not BtfKind.Forward })
                header.Define(id);
        }
        header.DefineConstants();
        output.Write(
            """
            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute pop
            #endif

            #endif

            """
        );
    }

    /// <summary>Writes the definition of a type, after all that it contains.</summary>
    private void Define(uint id)
    {
        BtfType type = _btf[id];
        switch (type.Kind)
        {
            case BtfKind.Struct or BtfKind.Union:
                // A type without a name is written where it is used.
                if (_defined.Contains(id) || !_started.Add(id))
                    return;
                foreach (BtfMember member in type.Members)
                    Define(member.TypeId);
                if (type.Name.Length != 0)
                    _output.WriteLine(_bodies.Write(type, 0) + ";\n");
                _defined.Add(id);
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                if (type.Name.Length != 0)
                    DefineEnum(type);
                break;
            case BtfKind.Typedef:
                Define(type.TypeId);
                DeclareTypedef(type);
                break;
            case BtfKind.Array or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag:
                Define(type.TypeId);
                break;
            case BtfKind.Pointer or BtfKind.FunctionPrototype:
                Mention(id);
                break;
            default:
                break;
        }
    }

    /// <summary>Declares the names that a type needs where its size does not matter.</summary>
    private void Mention(uint id)
    {
        BtfType type = _btf[id];
        switch (type.Kind)
        {
            case BtfKind.Struct or BtfKind.Union when type.Name.Length != 0:
                if (!_defined.Contains(id))
                    Declare($"{(type.Kind == BtfKind.Union ? "union" : "struct")} {_names.Of(type)}");
                break;
            case BtfKind.Struct or BtfKind.Union:
                Define(id);
                break;
            case BtfKind.Forward:
                Declare($"{(type.IsForwardUnion ? "union" : "struct")} {type.Name}");
                break;
            case BtfKind.Enum or BtfKind.Enum64 when type.Name.Length != 0:
                DefineEnum(type);
                break;
            case BtfKind.Typedef:
                Mention(type.TypeId);
                DeclareTypedef(type);
                break;
            case BtfKind.FunctionPrototype:
                Mention(type.TypeId);
                foreach (BtfParameter parameter in type.Parameters)
                    Mention(parameter.TypeId);
                break;
            // An array needs the size of its elements, even behind a pointer.
            case BtfKind.Array:
                Define(type.TypeId);
                break;
            case BtfKind.Pointer or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag:
                Mention(type.TypeId);
                break;
            default:
                break;
        }
    }

    private void DefineEnum(BtfType type)
    {
        if (_defined.Add(type.Id))
            _output.WriteLine(_bodies.Write(type, 0) + ";\n");
    }

    /// <summary>Writes the enumerations without a name that no other type uses.</summary>
    private void DefineConstants()
    {
        foreach (BtfType type in _btf.OfKind(BtfKind.Enum).Concat(_btf.OfKind(BtfKind.Enum64)))
        {
            if (type.Name.Length == 0 && !_bodies.Enumerations.Contains(type.Id))
                DefineEnum(type);
        }
    }

    private void DeclareTypedef(BtfType type)
    {
        if (_defined.Add(type.Id))
            _output.WriteLine($"typedef {_bodies.Declare(type.TypeId, _names.Of(type))};\n");
    }

    private void Declare(string tag)
    {
        if (_declared.Add(tag))
            _output.WriteLine($"{tag};\n");
    }
}
