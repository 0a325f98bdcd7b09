namespace BpfMaps;

/// <summary>Creates the exception for a ring with invalid positions or headers in its shared memory.</summary>
internal static class TornRing
{
    public static BpfException Exception(RawMap map, ulong consumer, ulong producer, string problem)
    {
        bool isWritten = map.Type == BpfMapType.UserRingBuf;
        string end = isWritten ? "Writing to" : "Reading";
        string cause = isWritten
            ? "Another object or process is probably writing to the ring: a user ring buffer has one writer."
            : "Another object or process is probably reading the ring: a ring buffer has one reader.";
        return new BpfException(
            $"{end} map {map} failed: the ring is damaged. The consumer position is {consumer}, the producer position is {producer}, the size is {map.MaxEntries}, and {problem}. {cause} "
                + "Stop the other one, and create the map again; its records are lost.",
            Errno.EPROTO,
            "ring",
            map.Name
        );
    }
}
