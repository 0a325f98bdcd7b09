using System.Globalization;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary><c>vmlinux</c> writes a header that gives every type the layout that it has in the kernel.</summary>
public sealed class HeaderTests : IDisposable
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_header_");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void KernelTypes_HaveTheirSizesAndOffsetsInC()
    {
        Require.Clang();
        Require.That(File.Exists(KernelTypes), "kernel", $"{KernelTypes} does not exist");
        string header = Path.Combine(_folder.FullName, "vmlinux.h");
        (int exitCode, string output, string errors) = Programs.RunTool("vmlinux", "-o", header);
        Assert.Equal((0, "", ""), (exitCode, output, errors));

        int structs = Compile(Btf.Parse(File.ReadAllBytes(KernelTypes), KernelTypes));

        Assert.True(structs > 1000, $"only {structs} structs were compared");
    }

    [Fact]
    public void DifficultTypes_HaveTheirSizesAndOffsetsInC()
    {
        string source = Path.Combine(_folder.FullName, "difficult.bpf.c");
        File.WriteAllText(
            source,
            """
            #define SEC(name) __attribute__((section(name), used))
            typedef unsigned char u8; typedef unsigned int u32; typedef unsigned long long u64;
            struct forward;
            typedef int (*handler_t)(const struct forward *first, ...);
            enum { LONELY = 7 };
            enum small { SMALL = 1 } __attribute__((mode(byte)));
            enum large { LARGE = 0x1234567812345678ULL };
            enum negative { NEGATIVE = -5, POSITIVE = 3 };
            struct bits { u32 a : 3, : 5, b : 9; u64 c : 33; u8 d; u32 e : 30; u32 f : 5; } ;
            struct packed { u8 a; u32 b; u64 c; u8 d : 4; u32 e : 20; } __attribute__((packed));
            struct aligned { u8 a; u32 b __attribute__((aligned(32))); u8 c; } __attribute__((aligned(64)));
            struct tail { u8 a; u64 b __attribute__((aligned(16))); };
            struct nested { struct { u8 x; union { u32 y; u64 z; }; }; struct packed inner[2]; struct aligned far; u8 end; };
            union parts { u8 bytes[7]; u32 word; struct { u8 low : 4, high : 4; }; };
            struct holds { handler_t handlers[3]; int (*(*find)(int, const char *const *))[4]; const volatile void *const pointer;
                           struct forward *next; struct holds *self; enum small small; enum large large; enum negative negative;
                           const u8 name[5]; __int128 wide; double real; _Bool flag; u8 flexible[]; };
            struct forward { struct holds *up; enum undefined *state; };
            struct base { u32 first; u8 second; };
            struct embeds { struct base; u8 third; };
            struct all { struct bits *a; struct packed *b; struct aligned *c; struct tail *d; struct nested *e; union parts *f; struct holds *g; struct embeds *h; };
            struct bits bits SEC(".data.x"); struct packed packed SEC(".data.x"); struct aligned aligned SEC(".data.x");
            struct tail tail SEC(".data.x"); struct nested nested SEC(".data.x"); union parts parts SEC(".data.x");
            struct all all SEC(".data.x"); struct holds holds SEC(".data.x"); struct forward forward SEC(".data.x");
            struct embeds embeds SEC(".data.x");
            """
        );
        // Newer kernels use structs as members without a name.
        byte[] image = Require.Clang().Compile(source, options: "-fms-extensions");
        BpfObjectFile file = BpfObjectFile.Parse(image, "difficult.bpf.o");
        string btf = Path.Combine(_folder.FullName, "difficult.btf");
        string path = Path.Combine(_folder.FullName, "difficult.o");
        File.WriteAllBytes(path, image);
        Processes.Run("llvm-objcopy", $"--dump-section=.BTF={btf}", path);

        string header = Path.Combine(_folder.FullName, "vmlinux.h");
        Assert.Equal(0, Programs.RunTool("vmlinux", "--btf", btf, "--output", header).ExitCode);

        Assert.Equal(11, Compile(file.Btf!));
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        (int exitCode, _, string errors) = Programs.RunTool("vmlinux", "--btf", "/nowhere/btf");

        Assert.Equal(1, exitCode);
        Assert.Contains("/nowhere/btf", errors, StringComparison.Ordinal);
    }

    /// <summary>Compiles a program that states the size of each struct and the offset of each member.</summary>
    /// <returns>The number of structs and unions.</returns>
    private int Compile(Btf btf)
    {
        StringBuilder source = new("#include \"vmlinux.h\"\n");
        HashSet<string> names = [];
        int count = 0;
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            // Of several types with a name, the first has it.
            if (
                type.Kind is not (BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64)
                || type.Name.Length == 0
                || !names.Add(type.Name)
            )
                continue;
            if (type.Kind is BtfKind.Enum or BtfKind.Enum64)
                continue;
            count++;
            string name = $"{(type.Kind == BtfKind.Union ? "union" : "struct")} {type.Name}";
            source.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof({name}) == {type.Size}, \"{name}\");\n");
            foreach (BtfMember member in type.Members.Where(static member => member is { Name.Length: > 0, BitSize: 0 }))
                source.Append(
                    CultureInfo.InvariantCulture,
                    $"_Static_assert(__builtin_offsetof({name}, {member.Name}) == {member.BitOffset / 8}, \"{name}.{member.Name}\");\n"
                );
        }
        string path = Path.Combine(_folder.FullName, "check.c");
        File.WriteAllText(path, source.ToString());
        (int exitCode, _, string errors) = Processes.TryRun(
            "clang",
            "-target",
            "bpf",
            "-g",
            "-O2",
            "-Wall",
            "-Werror",
            "-c",
            path,
            "-o",
            Path.Combine(_folder.FullName, "check.o")
        );
        Assert.True(exitCode == 0, errors.Length > 4000 ? errors[..4000] : errors);
        return count;
    }
}
