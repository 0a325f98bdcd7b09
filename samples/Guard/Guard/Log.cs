using Microsoft.Extensions.Logging;

namespace Guard;

/// <summary>The messages of the daemon.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Ready: {Interface} is filtered")]
    public static partial void Ready(ILogger logger, string @interface);

    [LoggerMessage(2, LogLevel.Information, "{File}: {Added} rules added or changed, {Removed} removed")]
    public static partial void Applied(ILogger logger, string file, int added, int removed);

    [LoggerMessage(3, LogLevel.Error, "The blocklist was not applied, and the rules are as before: {Reason}")]
    public static partial void NotApplied(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Information, "Dropped: {Drop}")]
    public static partial void Dropped(ILogger logger, Drop drop);

    [LoggerMessage(5, LogLevel.Information, "{Count} more packets were dropped in this second")]
    public static partial void DroppedMore(ILogger logger, long count);

    [LoggerMessage(6, LogLevel.Critical, "Dropped packets cannot be read: {Reason}")]
    public static partial void NoDrops(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Information, "The counters of {Count} sources were migrated to the layout of this version")]
    public static partial void Migrated(ILogger logger, int count);
}
