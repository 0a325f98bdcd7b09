using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>While it lives, bpf(2) answers 0 at once, for C and C# alike. Needs peers/nosyscall.c, preloaded.</summary>
internal sealed unsafe class WithoutKernel : IDisposable
{
    private readonly int* _answersZero = (int*)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "bpf_answers_zero");

    public WithoutKernel() => *_answersZero = 1;

    public void Dispose() => *_answersZero = 0;
}
