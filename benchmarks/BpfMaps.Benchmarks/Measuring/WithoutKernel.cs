using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>
/// While an instance exists, bpf(2) returns immediately without doing anything, for C and C#. Requires peers/nosyscall.c to be preloaded.
/// </summary>
internal sealed unsafe class WithoutKernel : IDisposable
{
    private readonly int* _answersZero = (int*)Export("bpf_answers_zero");

    public WithoutKernel() => *_answersZero = 1;

    /// <summary>Sets the number of elements of every map.</summary>
    public static void SetElements(uint count) => *(uint*)Export("bpf_elements") = count;

    public void Dispose() => *_answersZero = 0;

    private static nint Export(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);
}
