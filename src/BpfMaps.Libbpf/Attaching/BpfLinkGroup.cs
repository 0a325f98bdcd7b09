namespace BpfMaps;

/// <summary>Links that were made together, and end together.</summary>
internal sealed class BpfLinkGroup(IReadOnlyList<BpfLink> links) : BpfLink
{
    private protected override void Detach()
    {
        foreach (BpfLink link in links)
            link.Dispose();
    }
}
