using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The library of <c>Fixtures/probe.c</c>, compiled and loaded: a function with a static probe.</summary>
internal sealed unsafe class ProbedLibrary : IDisposable
{
    private readonly nint _handle;
    private readonly delegate* unmanaged<int, void> _work;

    public ProbedLibrary()
    {
        Require.Clang();
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"libprobe_{Guid.NewGuid():N}.so");
        Processes.Run("clang", "-O2", "-shared", "-fPIC", ClangCompiler.FixturePath("probe.c"), "-o", Path);
        _handle = NativeLibrary.Load(Path);
        _work = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(_handle, "work");
    }

    public string Path { get; }

    /// <summary>Gets the offset of the function in the file.</summary>
    public long OffsetOfWork
    {
        get
        {
            // The format of a line in maps: begin-end permissions offset device inode path.
            string[] code = File.ReadLines("/proc/self/maps")
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Single(fields => fields[^1] == Path && fields[1].Contains('x', StringComparison.Ordinal));
            long begin = Convert.ToInt64(code[0].Split('-')[0], 16);
            return (nint)_work - begin + Convert.ToInt64(code[2], 16);
        }
    }

    public void Work(int number) => _work(number);

    public void Dispose()
    {
        NativeLibrary.Free(_handle);
        File.Delete(Path);
    }
}
