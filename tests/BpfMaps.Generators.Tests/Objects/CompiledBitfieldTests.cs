using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Generated bitfield properties and code compiled by clang read what the other side writes.</summary>
public sealed class CompiledBitfieldTests
{
    private const int Structs = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ProgramsAndProperties_ReadWhatTheOtherWrites(int seed)
    {
        Require.Kernel();
        Require.Clang();
        Require.Libbpf();
        Random random = new(seed);
        (string source, List<(string Name, List<RandomMember> Members)> structs) = Source(random);
        byte[] image = ClangCompiler.CompileText(source);
        BpfObjectFile file = BpfObjectFile.Parse(image, "bits.bpf.o");
        using LoadedCode code = new(
            """[BpfMaps.BpfObject("bits.bpf.o")] public sealed partial class Bits;""",
            new TextFile("/bits.bpf.layout", LayoutWriter.Write(file))
        );
        using BpfObject bpfObject = BpfObject.OpenMemory(image, "bits");
        bpfObject.Load();
        using Memory memory = new(bpfObject, file.Maps.Single(static m => m.Name.EndsWith(".bss", StringComparison.Ordinal)));

        for (int round = 0; round < 4; round++)
        {
            long[] numbers = [.. structs.SelectMany(static s => s.Members).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
            memory.Set("numbers_in", MemoryMarshal.AsBytes<long>(numbers));
            bpfObject.GetProgram("write_all").TestRun();
            int next = 0;
            foreach ((string name, List<RandomMember> members) in structs)
            {
                object value = StructBytes.Read(code["Bits+" + name.ToUpperInvariant()], memory.Get("v_" + name));
                foreach (RandomMember member in members)
                    Assert.True(
                        member.Kept(Given(member, numbers[next++])) == Number(StructBytes.Get(value, member.CSharpName)),
                        $"{name}.{member.Name} of\n{source}"
                    );
            }

            numbers = [.. numbers.Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
            next = 0;
            foreach ((string name, List<RandomMember> members) in structs)
            {
                byte[] noise = memory.Get("v_" + name);
                random.NextBytes(noise);
                object value = StructBytes.Read(code["Bits+" + name.ToUpperInvariant()], noise);
                foreach (RandomMember member in members)
                    Set(value, member.CSharpName, Given(member, numbers[next++]));
                memory.Set("v_" + name, StructBytes.Of(value));
            }
            bpfObject.GetProgram("read_all").TestRun();
            long[] read = MemoryMarshal.Cast<byte, long>(memory.Get("numbers_out")).ToArray();
            next = 0;
            foreach ((string name, List<RandomMember> members) in structs)
            {
                foreach (RandomMember member in members)
                {
                    Assert.True(member.Kept(Given(member, numbers[next])) == read[next], $"{name}.{member.Name} of\n{source}");
                    next++;
                }
            }
        }
    }

    /// <summary>C converts any number other than 0 to 1 for a <c>_Bool</c>.</summary>
    private static long Given(RandomMember member, long number) => member.Bits == 1 ? number & 1 : number;

    private static (string Source, List<(string Name, List<RandomMember> Members)> Structs) Source(Random random)
    {
        RandomBitfields generator = new(random);
        StringBuilder text = new("#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n" + RandomBitfields.Enumerations);
        StringBuilder writes = new(),
            reads = new();
        List<(string, List<RandomMember>)> structs = [];
        int count = 0;
        while (structs.Count < Structs)
        {
            string name = "s" + structs.Count.ToString(CultureInfo.InvariantCulture);
            (string declaration, List<RandomMember> members) = generator.Struct(name, withUnions: false);
            if (members.Count == 0)
                continue;
            text.Append(declaration).Append(CultureInfo.InvariantCulture, $"struct {name} v_{name};\n");
            foreach (RandomMember member in members)
            {
                string mask = member.Bits == 1 ? " & 1" : "";
                writes.Append(CultureInfo.InvariantCulture, $"\tv_{name}.{member.Name} = numbers_in[{count}]{mask};\n");
                reads.Append(CultureInfo.InvariantCulture, $"\tnumbers_out[{count}] = v_{name}.{member.Name};\n");
                count++;
            }
            structs.Add((name, members));
        }
        text.Append(CultureInfo.InvariantCulture, $"__s64 numbers_in[{count}], numbers_out[{count}];\n");
        text.Append("SEC(\"syscall\") int write_all(void *ctx)\n{\n").Append(writes).Append("\treturn 0;\n}\n");
        text.Append("SEC(\"syscall\") int read_all(void *ctx)\n{\n")
            .Append(reads)
            .Append("\treturn 0;\n}\nchar LICENSE[] SEC(\"license\") = \"GPL\";\n");
        return (text.ToString(), structs);
    }

    private static long Number(object value) =>
        value switch
        {
            bool flag => flag ? 1 : 0,
            ulong number => unchecked((long)number),
            Enum constant => Convert.ToInt64(constant, CultureInfo.InvariantCulture),
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };

    private static void Set(object value, string member, long number)
    {
        if (value.GetType().GetField(member) is { } field)
            field.SetValue(value, Converted(field.FieldType, number));
        else
            value.GetType().GetProperty(member)!.SetValue(value, Converted(value.GetType().GetProperty(member)!.PropertyType, number));
    }

    private static object Converted(Type type, long number) =>
        type.IsEnum
            ? Enum.ToObject(type, number)
            : Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean => number != 0,
                TypeCode.Byte => unchecked((byte)number),
                TypeCode.SByte => unchecked((sbyte)number),
                TypeCode.UInt16 => unchecked((ushort)number),
                TypeCode.Int16 => unchecked((short)number),
                TypeCode.UInt32 => unchecked((uint)number),
                TypeCode.Int32 => unchecked((int)number),
                TypeCode.UInt64 => unchecked((ulong)number),
                _ => number,
            };

    /// <summary>The variables of a section of a loaded object.</summary>
    private sealed class Memory(BpfObject bpfObject, BpfMapDefinition section) : IDisposable
    {
        private static readonly byte[] s_key = new byte[4];

        private readonly RawMap _map = bpfObject.Maps.Single(static m => m.Name.EndsWith(".bss", StringComparison.Ordinal)).Open();

        public byte[] Get(string name)
        {
            (byte[] all, BpfVariableDefinition variable) = Find(name);
            return all.AsSpan(variable.Offset, variable.Size).ToArray();
        }

        public void Set(string name, ReadOnlySpan<byte> bytes)
        {
            (byte[] all, BpfVariableDefinition variable) = Find(name);
            bytes.CopyTo(all.AsSpan(variable.Offset, variable.Size));
            _map.Update(s_key, all);
        }

        public void Dispose() => _map.Dispose();

        private (byte[] All, BpfVariableDefinition Variable) Find(string name)
        {
            byte[] all = new byte[_map.ValueSize];
            Assert.True(_map.TryLookup(s_key, all));
            return (all, section.Variables.Single(v => v.Name == name));
        }
    }
}
