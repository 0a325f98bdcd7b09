using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>A running .NET program whose methods are named in <c>/tmp/perf-PID.map</c>, and which spends its time in one of them.</summary>
internal sealed class SpinningProgram : IDisposable
{
    public const string Method = "SpinInNamedMethod";

    private readonly Folder _folder = new();
    private readonly Process _process;

    private SpinningProgram()
    {
        _folder.Write(
            "Spinning.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
            </Project>
            """
        );
        _folder.Write(
            "Program.cs",
            $$"""
            using System;
            using System.Runtime.CompilerServices;
            using System.Threading;

            public static class Program
            {
                private static uint s_sum;

                public static void Main()
                {
                    // Until the process is killed, or its parent is gone and closes the input.
                    new Thread({{Method}}) { IsBackground = true }.Start();
                    Console.WriteLine("spinning");
                    Console.In.ReadToEnd();
                }

                [MethodImpl(MethodImplOptions.NoInlining)]
                private static void {{Method}}()
                {
                    for (uint number = 0; ; number++)
                        s_sum += number;
                }
            }
            """
        );
        _folder.Build();
        _process = Process.Start(
            new ProcessStartInfo("dotnet", [_folder["bin/Debug/net10.0/Spinning.dll"]])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_PerfMapEnabled"] = "1" },
            }
        )!;
    }

    public int Id => _process.Id;

    public static async Task<SpinningProgram> StartAsync(CancellationToken cancellation)
    {
        SpinningProgram program = new();
        Assert.Equal("spinning", await program._process.StandardOutput.ReadLineAsync(cancellation));
        return program;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        File.Delete($"/tmp/perf-{_process.Id}.map");
        File.Delete($"/tmp/perfinfo-{_process.Id}.map");
        _process.Dispose();
        _folder.Dispose();
    }

    private sealed class Folder() : ProjectFolder(Path.Combine(Path.GetTempPath(), $"spinning_{Guid.NewGuid():N}"), "Spinning");
}
