using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Which type the value is, and what it must be for its kind of map.</summary>
internal static class ValueRules
{
    /// <summary>PCPU_MIN_UNIT_SIZE: what the kernel's per-CPU allocator gives at most.</summary>
    private const int LargestPerCpuValue = 32 << 10;

    /// <summary>KMALLOC_MAX_SIZE (4 MiB) less what the kernel keeps beside a value: MAX_BPF_STACK and the element's header.</summary>
    private const int LargestAllocatedValue = (4 << 20) - 512 - 64;

    /// <summary>The kernel's default for kernel.perf_event_max_stack.</summary>
    private const int MostFrames = 127;

    private const int BuildIdSize = 32;

    /// <returns><see langword="null"/> if an error was reported.</returns>
    public static ITypeSymbol? FindValue(MapDeclaration declaration)
    {
        ITypeSymbol? given = declaration.Attribute.Value;
        if (!declaration.IsClassForm)
        {
            if (given is not null && !SymbolEqualityComparer.Default.Equals(given, declaration.Target))
            {
                declaration.Reporter.Error(
                    DeclarationDescriptors.ValueOnStruct,
                    declaration.Attribute.LocationOf("Value"),
                    Properties.Of((DiagnosticProperties.Argument, "Value")),
                    declaration.Target.MessageName(),
                    given.MessageName());
            }
            return declaration.Target;
        }
        if (given is not null)
            return given;
        declaration.Reporter.Error(
            DeclarationDescriptors.ValueMissing,
            declaration.Place,
            Properties.Of((DiagnosticProperties.Argument, "Value"), (DiagnosticProperties.ArgumentValue, "typeof(ulong)")),
            declaration.Target.MessageName());
        return null;
    }

    public static void CheckLayout(MapDeclaration declaration, TypeLayout? value)
    {
        if (value is null)
            return;
        Location place = declaration.IsClassForm ? declaration.Attribute.LocationOfValue("Value") : declaration.Place;
        if (LargestFor(declaration.Kind) is { } largest && value.Size > largest)
        {
            declaration.Reporter.Error(
                LayoutDescriptors.ValueTooLarge,
                place,
                Properties.Of((DiagnosticProperties.ActualSize, value.Size.Text()), (DiagnosticProperties.ExpectedSize, largest.Text())),
                value.DisplayName,
                value.Size.Text(),
                largest.Text(),
                declaration.Kind.Type.ToString());
        }
        if (WhyRefused(declaration, value.Size) is { } expected)
            declaration.Reporter.Error(LayoutDescriptors.ValueSizeRefused, place, value.DisplayName, value.Size.Text(), declaration.Kind.Type.ToString(), expected);
        SpinLockRules.CheckValue(declaration, value, place);
        SizeMismatch.Check(declaration, LayoutDescriptors.ValueSizeMismatch, "ValueSize", declaration.Attribute.ValueSize, value);
    }

    private static int? LargestFor(MapKind kind) => kind switch
    {
        { IsPerCpu: true } => LargestPerCpuValue,
        { Type: MapType.Hash or MapType.LruHash or MapType.Queue or MapType.Stack or MapType.LpmTrie } => LargestAllocatedValue,
        _ => null,
    };

    private static string? WhyRefused(MapDeclaration declaration, int size)
    {
        switch (declaration.Kind.Type)
        {
            case MapType.StackTrace:
                bool hasBuildIds = declaration.Attribute.Flags is { } flags && (flags & MapFlags.StackBuildId) != 0;
                int frame = hasBuildIds ? BuildIdSize : 8;
                return size % frame == 0 && size / frame <= MostFrames ? null : $"1 to {MostFrames.Text()} frames of {frame.Text()} bytes";
            case MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.ProgArray or MapType.CgroupArray or MapType.XskMap:
                return size == 4 ? null : "4 bytes: a descriptor when written, an id when read";
            case MapType.DevMap or MapType.DevMapHash or MapType.CpuMap:
                return size is 4 or 8 ? null : "4 or 8 bytes";
            case MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray:
                return size is 4 or 8 ? null : "4 or 8 bytes: a descriptor when written, a cookie when read";
            default:
                return null;
        }
    }
}
