using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>What decides over the messages of a map's sockets. The kernel knows such an attachment by program, map and place.</summary>
internal sealed class BpfSockMapLink(OwnedDescriptor program, OwnedDescriptor map, int attachType) : BpfLink
{
    private protected override void Detach()
    {
        _ = Native.ProgramDetach(program.Number, map.Number, attachType);
        map.Dispose();
        program.Dispose();
    }
}
