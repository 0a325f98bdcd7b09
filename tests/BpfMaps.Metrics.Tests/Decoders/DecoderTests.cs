using System.Globalization;
using System.Net;

namespace BpfMaps.Tests.Decoders;

/// <summary>Decoders, against this machine.</summary>
public sealed class DecoderTests
{
    [Fact]
    public void ControlGroup_HasItsPath()
    {
        Require.Root();
        string root = Require.Cgroup2();
        string name = $"bpfmaps-metrics-{Environment.ProcessId}";
        Directory.CreateDirectory(Path.Combine(root, name, "inner"));
        try
        {
            CgroupPathDecoder decoder = new();
            ulong id = InodeOf(Path.Combine(root, name, "inner"));
            Assert.Equal($"/{name}/inner", decoder.Decode(id));
            Assert.Equal("/", decoder.Decode(InodeOf(root)));
            Directory.Delete(Path.Combine(root, name, "inner"));
            Assert.Null(decoder.Decode(id));
            Assert.Null(decoder.Decode(ulong.MaxValue));
        }
        finally
        {
            if (Directory.Exists(Path.Combine(root, name, "inner")))
                Directory.Delete(Path.Combine(root, name, "inner"));
            Directory.Delete(Path.Combine(root, name));
        }
    }

    [Fact]
    public void NetworkInterfaces_HaveTheirNames()
    {
        InterfaceNameDecoder decoder = new();
        foreach (string folder in Directory.EnumerateDirectories("/sys/class/net"))
        {
            int index = int.Parse(File.ReadAllText(Path.Combine(folder, "ifindex")), CultureInfo.InvariantCulture);
            Assert.Equal(Path.GetFileName(folder), decoder.Decode(index));
            Assert.Equal(Path.GetFileName(folder), decoder.Decode((uint)index));
        }
        Assert.Null(decoder.Decode(0));
        Assert.Null(decoder.Decode(int.MaxValue));
    }

    [Fact]
    public void KernelAddresses_AreInTheirFunctions()
    {
        Require.Root();
        string[] line = File.ReadLines("/proc/kallsyms")
            .Select(static l => l.Split(' '))
            .First(static f => f is [_, "T", "bpf_map_charge_init" or "schedule" or "__x64_sys_bpf"]);
        ulong address = ulong.Parse(line[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        KernelSymbolDecoder decoder = new();
        Assert.Equal(line[2], decoder.Decode(address));
        Assert.Equal(line[2], decoder.Decode(address + 1));
        Assert.NotEqual(line[2], decoder.Decode(address - 1));
        Assert.Null(decoder.Decode(1));
    }

    [Fact]
    public void Devices_HaveTheirNames()
    {
        DeviceDecoder decoder = new();
        Assert.Equal("null", decoder.Decode((1u << 20) | 3));
        foreach (string link in Directory.EnumerateFileSystemEntries("/sys/dev/block"))
        {
            uint[] numbers = [.. Path.GetFileName(link).Split(':').Select(static n => uint.Parse(n, CultureInfo.InvariantCulture))];
            Assert.Equal(Path.GetFileName(new DirectoryInfo(link).LinkTarget), decoder.Decode((ulong)((numbers[0] << 20) | numbers[1])));
        }
        Assert.Equal("4000:77", decoder.Decode((4000u << 20) | 77));
    }

    [Theory]
    [InlineData(0, "OK")]
    [InlineData(2, "ENOENT")]
    [InlineData(-2, "ENOENT")]
    [InlineData(-11, "EAGAIN")]
    [InlineData(-133, "EHWPOISON")]
    [InlineData(-512, "ERESTARTSYS")]
    [InlineData(-524, "ENOTSUPP")]
    [InlineData(4096, null)]
    public void ErrorNumbers_HaveTheirNames(int number, string? name)
    {
        ErrnoDecoder decoder = new();
        Assert.Equal(name, decoder.Decode(number));
        Assert.Equal(name, decoder.Decode((long)number));
        Assert.Equal(name, decoder.Decode((uint)number));
    }

    [Fact]
    public void ErrorNumbers_AreTheHeaders()
    {
        ErrnoDecoder decoder = new();
        string[] headers = ["/usr/include/asm-generic/errno-base.h", "/usr/include/asm-generic/errno.h"];
        if (!headers.All(File.Exists))
            Require.Clang();
        foreach (
            string[] words in headers
                .SelectMany(File.ReadLines)
                .Select(static l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(static w => w is ["#define", _, _, ..])
        )
        {
            if (int.TryParse(words[2], CultureInfo.InvariantCulture, out int number))
                Assert.Equal(words[1], decoder.Decode(-number));
        }
    }

    [Fact]
    public void SystemCalls_HaveTheirNames()
    {
        SystemCallDecoder decoder = new();
        Assert.Equal(SystemCalls.NameOf(3), decoder.Decode(3u));
        Assert.NotNull(decoder.Decode(3));
        Assert.Null(decoder.Decode(100_000L));
        Assert.Null(decoder.Decode(-1));
    }

    [Fact]
    public void Processes_HaveTheirCommands()
    {
        ProcessNameDecoder decoder = new();
        Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd(), decoder.Decode(Environment.ProcessId));
        Assert.Equal(File.ReadAllText("/proc/1/comm").TrimEnd(), decoder.Decode(1u));
        Assert.Null(decoder.Decode(int.MaxValue));
        Assert.Null(decoder.Decode(-1));
    }

    [Fact]
    public void Addresses_AreWritten()
    {
        IPAddressDecoder decoder = new();
        Assert.Equal("127.0.0.1", decoder.Decode([127, 0, 0, 1]));
        Assert.Equal("::1", decoder.Decode(IPAddress.IPv6Loopback.GetAddressBytes()));
        Assert.Null(decoder.Decode([1, 2, 3]));
    }

    [Fact]
    public void DnsNames_AreRead()
    {
        DnsNameDecoder decoder = new();
        Assert.Equal("www.example.org", decoder.Decode("\u0003www\u0007example\u0003org\0garbage"u8));
        Assert.Equal(".", decoder.Decode([0, 1, 2]));
        Assert.Equal("a.b\\046c", decoder.Decode([1, (byte)'a', 3, (byte)'b', (byte)'.', (byte)'c', 0]));
        Assert.Equal("exam", decoder.Decode([7, (byte)'e', (byte)'x', (byte)'a', (byte)'m']));
        Assert.Null(decoder.Decode([0xC0, 12]));
    }

    [Fact]
    public void BytesAsText_EndAtTheFirstNul()
    {
        Assert.Equal("curl", new TextDecoder().Decode("curl\0\0x"u8));
        Assert.Equal("curl", new TextDecoder().Decode("curl"u8));
        Assert.Equal("00ff", new HexDecoder().Decode([0, 255]));
    }

    // The id of a group in the version 2 hierarchy is the inode of its directory.
    private static ulong InodeOf(string directory)
    {
        using System.Diagnostics.Process stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%i", directory]) { RedirectStandardOutput = true }
        )!;
        return ulong.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
