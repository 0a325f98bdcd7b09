using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The attachment of a program to a socket map. The kernel identifies it by program, map and attach type.</summary>
internal sealed class BpfSockMapLink(OwnedDescriptor program, OwnedDescriptor map, int attachType) : BpfLink
{
    private protected override string WhyNotKernelLink =>
        "Socket maps are attached to without a link; the program stays as long as the map.";

    private protected override void Release()
    {
        _ = Native.ProgramDetach(program.Number, map.Number, attachType);
        map.Dispose();
        program.Dispose();
    }
}
