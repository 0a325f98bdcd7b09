using BpfMaps.Benchmarks;

if (args.Contains("--generator"))
{
    GeneratorWorkloads.Run();
    return;
}

// With --no-kernel, bpf(2) answers 0 at once: only what libraries cost is measured.
bool withKernel = !args.Contains("--no-kernel");
Comparison.PrintHeader();
RawMapWorkloads.Run(withKernel);
if (withKernel)
    RingWorkloads.Run();
