using Microsoft.Extensions.Logging;

namespace Guard;

/// <summary>The messages of the daemon.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Ready: {Interface} is filtered")]
    public static partial void Ready(ILogger logger, string @interface);

    [LoggerMessage(LogLevel.Information, "{File}: {Added} rules added or changed, {Removed} removed")]
    public static partial void Applied(ILogger logger, string file, int added, int removed);

    [LoggerMessage(LogLevel.Error, "The blocklist was not applied, and the rules are as before: {Reason}")]
    public static partial void NotApplied(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Dropped: {Drop}")]
    public static partial void Dropped(ILogger logger, Drop drop);

    [LoggerMessage(LogLevel.Information, "{Count} more packets were dropped in this second")]
    public static partial void DroppedMore(ILogger logger, long count);

    [LoggerMessage(LogLevel.Critical, "Dropped packets cannot be read: {Reason}")]
    public static partial void NoDrops(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The counters of {Count} sources were migrated to the layout of this version")]
    public static partial void Migrated(ILogger logger, int count);
}
