using System.CommandLine;
using BpfMaps.Metadata;
using BpfMaps.Tool.Headers;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps vmlinux</c>, which writes the types of the kernel as a C header.</summary>
internal static class VmlinuxCommand
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    public static Command Create()
    {
        Option<string?> output = new("--output", "-o") { Description = "The file to write. Default: standard output." };
        Option<string> btf = new("--btf")
        {
            Description = $"A file with BTF of another kernel. Default: {KernelTypes}.",
            DefaultValueFactory = static _ => KernelTypes,
        };
        Command command = new("vmlinux", "Writes vmlinux.h: the types of the running kernel for BPF programs in C.") { output, btf };
        command.SetAction(arguments =>
        {
            string file = arguments.GetValue(btf)!;
            if (file == KernelTypes && !File.Exists(file))
                throw new FileNotFoundException($"{KernelTypes} does not exist: this kernel was built without CONFIG_DEBUG_INFO_BTF");
            Btf types = Btf.Parse(File.ReadAllBytes(file), file);
            string origin = file == KernelTypes ? $"Types of Linux {Release()}." : $"Types of {Path.GetFileName(file)}.";
            if (arguments.GetValue(output) is { } path)
            {
                using StreamWriter writer = File.CreateText(path);
                CHeader.Write(types, origin, writer);
            }
            else
            {
                using StreamWriter writer = new(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
                CHeader.Write(types, origin, writer);
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static string Release() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
}
