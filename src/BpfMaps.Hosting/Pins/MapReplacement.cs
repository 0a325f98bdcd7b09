namespace BpfMaps.Hosting;

/// <summary>Loads an object and replaces pinned maps that do not match it. Nothing is lost if the load fails.</summary>
internal static class MapReplacement
{
    private const string Aside = "_old";

    /// <param name="bpfObject">The object.</param>
    /// <param name="replaced">Called for each replaced map with its pin and the reason.</param>
    public static void Load(BpfTypedObject bpfObject, Action<string, string> replaced)
    {
        List<string> aside = [];
        try
        {
            // Each attempt names a map that does not match, and changes nothing.
            while (!TryLoad(bpfObject, out BpfMapMismatchException? mismatch))
            {
                string pin = bpfObject.Object.GetMap(mismatch!.MapName!).PinPath!;
                File.Move(pin, pin + Aside, overwrite: true);
                aside.Add(pin);
                replaced(pin, mismatch.Message);
            }
        }
        catch
        {
            foreach (string pin in aside)
                File.Move(pin + Aside, pin, overwrite: true);
            throw;
        }
        foreach (string pin in aside)
            File.Delete(pin + Aside);
    }

    private static bool TryLoad(BpfTypedObject bpfObject, out BpfMapMismatchException? mismatch)
    {
        try
        {
            bpfObject.Load();
            mismatch = null;
            return true;
        }
        catch (BpfMapMismatchException exception) when (exception.MapName is not null && !bpfObject.Object.IsLoaded)
        {
            mismatch = exception;
            return false;
        }
    }
}
