using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>Passes programs of BPF objects to links and to maps that hold programs.</summary>
public static class BpfObjectProgramExtensions
{
    /// <inheritdoc cref="BpfLink.Update(BpfProgram, BpfProgram?)" path="/*[not(self::param)]"/>
    /// <param name="link">The link.</param>
    /// <param name="program">The new program, of a loaded object and of the same type.</param>
    /// <param name="expected">
    /// The program that must be attached now; otherwise the update fails (EPERM, EINVAL) and changes nothing. <see langword="null"/>
    /// replaces any program.
    /// </param>
    /// <exception cref="InvalidOperationException">The program's object is not loaded.</exception>
    public static void Update(this BpfLink link, BpfObjectProgram program, BpfProgram? expected = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(program);
        using BpfProgram replacement = program.Open();
        link.Update(replacement, expected);
    }

    /// <summary>Stores a program in a slot and replaces the previous one (BPF_MAP_UPDATE_ELEM, Linux 4.2).</summary>
    /// <param name="programs">The array.</param>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="program">A program of a loaded object. The slot keeps it alive after the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or <see cref="BpfObjectProgram.AutoLoad"/> was
    /// <see langword="false"/>.</exception>
    /// <exception cref="BpfException">The type of the program differs from the array's (EINVAL).</exception>
    public static void Set(this BpfProgArray programs, int index, BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(programs);
        using SafeFileHandle handle = Borrow(program);
        programs.Set(index, handle);
    }

    /// <summary>
    /// Stores an interface and an egress program in a slot and replaces the previous ones (BPF_MAP_UPDATE_ELEM, Linux 5.8).
    /// </summary>
    /// <param name="devices">The array.</param>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="interfaceIndex">The index of the interface, as shown by <c>ip link</c>.</param>
    /// <param name="egressProgram">A program of a loaded object, in the section <c>xdp/devmap</c>. The slot keeps it alive after the object
    /// is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot, or the interface index is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map's value size has no space for
    /// programs.</exception>
    /// <exception cref="BpfException">The interface does not exist, or the program is in another section (EINVAL).</exception>
    public static void Set(this BpfDevMap devices, int index, int interfaceIndex, BpfObjectProgram egressProgram)
    {
        ArgumentNullException.ThrowIfNull(devices);
        using SafeFileHandle handle = Borrow(egressProgram);
        devices.Set(index, interfaceIndex, handle);
    }

    /// <summary>Adds or replaces the interface of a key, with an egress program (BPF_MAP_UPDATE_ELEM, Linux 5.8).</summary>
    /// <param name="devices">The hash.</param>
    /// <param name="key">The key.</param>
    /// <param name="interfaceIndex">The index of the interface, as shown by <c>ip link</c>.</param>
    /// <param name="egressProgram">A program of a loaded object, in the section <c>xdp/devmap</c>. The map keeps it alive after the object
    /// is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interface index is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map's value size has no space for
    /// programs.</exception>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="BpfException">The interface does not exist, or the program is in another section (EINVAL).</exception>
    public static void Set(this BpfDevMapHash devices, uint key, int interfaceIndex, BpfObjectProgram egressProgram)
    {
        ArgumentNullException.ThrowIfNull(devices);
        using SafeFileHandle handle = Borrow(egressProgram);
        devices.Set(key, interfaceIndex, handle);
    }

    /// <summary>
    /// Enables redirects to a CPU with a program that runs there, and replaces the previous setting (BPF_MAP_UPDATE_ELEM, Linux 5.9).
    /// </summary>
    /// <param name="cpus">The map.</param>
    /// <param name="cpu">The number of the CPU: 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="queueSize">The maximum number of packets queued for the CPU, 1 to 16,384.</param>
    /// <param name="program">A program of a loaded object, in the section <c>xdp/cpumap</c>. The map keeps it alive after the object is
    /// disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU, or the queue size is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map's value size has no space for
    /// programs.</exception>
    /// <exception cref="BpfException">The CPU is not possible (ENODEV), the queue size is too large (EOVERFLOW), or the program is in
    /// another section (ENOMEM).</exception>
    public static void Set(this BpfCpuMap cpus, int cpu, int queueSize, BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        using SafeFileHandle handle = Borrow(program);
        cpus.Set(cpu, queueSize, handle);
    }

    /// <summary>Wraps the program's descriptor. The object keeps ownership.</summary>
    private static SafeFileHandle Borrow(BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new SafeFileHandle(program.FileDescriptor, ownsHandle: false);
    }
}
