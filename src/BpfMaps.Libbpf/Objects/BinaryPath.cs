using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Finds programs and libraries by name. libbpf does not if functions are named for uprobe.multi.</summary>
internal static class BinaryPath
{
    /// <returns>The path; the name if there is no such file, so that opening it fails.</returns>
    public static string Of(string binary)
    {
        if (binary.Contains('/', StringComparison.Ordinal))
            return binary;
        bool isLibrary = binary.EndsWith(".so", StringComparison.Ordinal) || binary.Contains(".so.", StringComparison.Ordinal);
        string triplet = Triplet();
        string[] fixedPlaces = isLibrary
            ? ["/usr/lib64", "/usr/lib", $"/lib/{triplet}", $"/usr/lib/{triplet}", "/lib"]
            : ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];
        string variable = Environment.GetEnvironmentVariable(isLibrary ? "LD_LIBRARY_PATH" : "PATH") ?? "";
        return variable
                .Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Concat(fixedPlaces)
                .Select(folder => Path.Combine(folder, binary))
                .FirstOrDefault(File.Exists)
            ?? binary;
    }

    /// <summary>The folder of libraries on Debian and Ubuntu.</summary>
    private static string Triplet() =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x86_64-linux-gnu",
            Architecture.Arm64 => "aarch64-linux-gnu",
            Architecture.S390x => "s390x-linux-gnu",
            Architecture.Ppc64le => "powerpc64le-linux-gnu",
            Architecture.RiscV64 => "riscv64-linux-gnu",
            Architecture.LoongArch64 => "loongarch64-linux-gnu",
            Architecture other => $"{other}-linux-gnu",
        };
}
