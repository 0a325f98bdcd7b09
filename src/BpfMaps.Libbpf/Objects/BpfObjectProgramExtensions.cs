using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>Programs of BPF objects in the maps that hold programs.</summary>
public static class BpfObjectProgramExtensions
{
    /// <summary>Puts a program into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.2).</summary>
    /// <param name="programs">The array.</param>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="program">A program of a loaded object. The slot keeps it when the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or <see cref="BpfObjectProgram.AutoLoad"/> was off.</exception>
    /// <exception cref="BpfException">The program is of another type than the array's (EINVAL).</exception>
    public static void Set(this BpfProgArray programs, int index, BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(programs);
        using SafeFileHandle handle = Borrow(program);
        programs.Set(index, handle);
    }

    /// <summary>Puts an interface and a program for packets on their way out into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 5.8).</summary>
    /// <param name="devices">The array.</param>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="interfaceIndex">The interface's index, as <c>ip link</c> shows it.</param>
    /// <param name="egressProgram">A program of a loaded object, of the section <c>xdp/devmap</c>. The slot keeps it when the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot, or the interface's index is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map was created without room for programs.</exception>
    /// <exception cref="BpfException">There is no such interface, or the program is of another section (EINVAL).</exception>
    public static void Set(this BpfDevMap devices, int index, int interfaceIndex, BpfObjectProgram egressProgram)
    {
        ArgumentNullException.ThrowIfNull(devices);
        using SafeFileHandle handle = Borrow(egressProgram);
        devices.Set(index, interfaceIndex, handle);
    }

    /// <summary>Adds or replaces the interface of a key, with a program for packets on their way out (BPF_MAP_UPDATE_ELEM, Linux 5.8).</summary>
    /// <param name="devices">The hash.</param>
    /// <param name="key">The key.</param>
    /// <param name="interfaceIndex">The interface's index, as <c>ip link</c> shows it.</param>
    /// <param name="egressProgram">A program of a loaded object, of the section <c>xdp/devmap</c>. The map keeps it when the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interface's index is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map was created without room for programs.</exception>
    /// <exception cref="BpfMapFullException">The key is new and the map has no room for it.</exception>
    /// <exception cref="BpfException">There is no such interface, or the program is of another section (EINVAL).</exception>
    public static void Set(this BpfDevMapHash devices, uint key, int interfaceIndex, BpfObjectProgram egressProgram)
    {
        ArgumentNullException.ThrowIfNull(devices);
        using SafeFileHandle handle = Borrow(egressProgram);
        devices.Set(key, interfaceIndex, handle);
    }

    /// <summary>Lets packets be redirected to a CPU and pass a program there, in place of what was set for it (BPF_MAP_UPDATE_ELEM, Linux 5.9).</summary>
    /// <param name="cpus">The map.</param>
    /// <param name="cpu">The CPU's number: 0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="queueSize">How many packets wait for the CPU at most, 1 to 16,384.</param>
    /// <param name="program">A program of a loaded object, of the section <c>xdp/cpumap</c>. The map keeps it when the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The map has no slot for the CPU, or the queue's length is not positive.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or the map was created without room for programs.</exception>
    /// <exception cref="BpfException">The CPU is not possible (ENODEV), the queue too long (EOVERFLOW), or the program of another section (ENOMEM).</exception>
    public static void Set(this BpfCpuMap cpus, int cpu, int queueSize, BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        using SafeFileHandle handle = Borrow(program);
        cpus.Set(cpu, queueSize, handle);
    }

    /// <summary>The descriptor stays the object's.</summary>
    private static SafeFileHandle Borrow(BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new SafeFileHandle(program.FileDescriptor, ownsHandle: false);
    }
}
