using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>While it lives, bpf(2) answers at once, for C and C# alike, and does nothing. Needs peers/nosyscall.c, preloaded.</summary>
internal sealed unsafe class WithoutKernel : IDisposable
{
    private readonly int* _answersZero = (int*)Export("bpf_answers_zero");

    public WithoutKernel() => *_answersZero = 1;

    /// <summary>Says how many elements every map has.</summary>
    public static void SetElements(uint count) => *(uint*)Export("bpf_elements") = count;

    public void Dispose() => *_answersZero = 0;

    private static nint Export(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);
}
