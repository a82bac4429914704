namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>The caller sent something that cannot be read; becomes a 400 that names the field.</summary>
internal sealed class BotInputException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
