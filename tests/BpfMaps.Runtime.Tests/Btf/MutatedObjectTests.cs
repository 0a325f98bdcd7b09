using System.Globalization;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>
/// Objects come from outside, and parsers of such formats are a common attack vector. These tests damage real objects in many ways; each
/// must be read or rejected with a <see cref="BpfFormatException"/>, without using much memory.
/// </summary>
/// <remarks>
/// BPFMAPS_FUZZ_COUNT sets the number of mutations, BPFMAPS_FUZZ_SEED the seed. A failure prints the seed and the changes.
/// </remarks>
public sealed class MutatedObjectTests
{
    private const int DefaultCount = 120_000;
    private const int DefaultSeed = 20_251_122;

    // The maximum allocation per byte of input. The worst case is names that share their endings, decoded to UTF-16.
    private const int AllocationPerByte = 128;
    private const int AllocationAtLeast = 1 << 20;

    [Fact]
    public void MutatedObject_IsReadOrRejected()
    {
        Sample[] samples =
        [
            .. from fixture in (string[])["maps", "structs"]
            from target in (string[])[Fixture.LittleEndian, Fixture.BigEndian]
            select Sample.Object(fixture, target),
        ];
        RunAll(samples, static (bytes, name) => Use(BpfObjectFile.Parse(bytes, name)));
    }

    [Fact]
    public void MutatedTypes_AreReadOrRejected()
    {
        Sample[] samples =
        [
            .. from fixture in (string[])["maps", "structs"]
            from target in (string[])[Fixture.LittleEndian, Fixture.BigEndian]
            select Sample.Types(fixture, target),
        ];
        RunAll(samples, static (bytes, name) => Use(Btf.Parse(bytes, name)));
    }

    private static void RunAll(Sample[] samples, Action<byte[], string> read)
    {
        int count = Setting("BPFMAPS_FUZZ_COUNT", DefaultCount);
        int seed = Setting("BPFMAPS_FUZZ_SEED", DefaultSeed);
        int refused = 0;
        Parallel.For(
            0,
            count,
            new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken },
            index =>
            {
                Sample sample = samples[index % samples.Length];
                StringBuilder changes = new();
                byte[] bytes = Mutation.Apply(sample.Bytes, seed + index, sample.From, sample.Length, changes);
                if (!Survives(bytes, sample, read, $"{sample.Name}, seed {seed + index}:{changes}"))
                    Interlocked.Increment(ref refused);
            }
        );

        // Mutations that are all rejected early, or all harmless, would test nothing.
        Assert.InRange(refused, count / 20, count - count / 20);
    }

    private static bool Survives(byte[] bytes, Sample sample, Action<byte[], string> read, string description)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = true;
        try
        {
            read(bytes, sample.Name);
        }
        catch (BpfFormatException exception)
        {
            isRead = false;
            Assert.InRange(exception.Offset, 0, bytes.Length);
            Assert.InRange(exception.Message.Length, 1, 4000);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{description}\n{exception}");
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated <= AllocationAtLeast + (long)AllocationPerByte * bytes.Length,
            $"{description}\nallocated {allocated} bytes for {bytes.Length}"
        );
        return isRead;
    }

    private static void Use(BpfObjectFile file)
    {
        Assert.NotEmpty(LayoutWriter.Write(file));
        if (file.Btf is { } btf)
            Use(btf);
    }

    private static void Use(Btf btf)
    {
        for (uint id = 0; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            Assert.NotNull(type.ToString());
            _ = (
                type.TypeId,
                type.Size,
                type.ElementCount,
                type.IsSigned,
                type.IsBoolean,
                type.IsCharacter,
                type.IntegerBits,
                type.Linkage,
                type.ComponentIndex,
                type.Parameters.Count
            );
            btf.TryGetLayout(id, out _, out _);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A valid file and the part of it to damage.</summary>
    private sealed record Sample(string Name, byte[] Bytes, int From, int Length)
    {
        public static Sample Object(string fixture, string target)
        {
            byte[] bytes = Require.Clang().Compile($"{fixture}.bpf.c", target);
            ElfFile elf = ElfFile.Parse(new FileView(bytes, fixture));
            ElfSection types = elf.Find(".BTF")!;

            // The part consists of the types, the symbols and the section headers, without the debugging information between them.
            return new($"{fixture}.bpf.o ({target})", bytes, (int)types.Offset, bytes.Length - (int)types.Offset);
        }

        public static Sample Types(string fixture, string target)
        {
            byte[] bytes = Require.Clang().Compile($"{fixture}.bpf.c", target);
            ElfFile elf = ElfFile.Parse(new FileView(bytes, fixture));
            byte[] types = elf.Data(elf.Find(".BTF")!).Span.ToArray();
            return new($"the BTF of {fixture}.bpf.o ({target})", types, 0, types.Length);
        }
    }
}
