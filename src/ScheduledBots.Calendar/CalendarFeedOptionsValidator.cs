using Microsoft.Extensions.Options;

namespace ScheduledBots.Calendar;

/// <summary>Validates the options of every feed when the host starts, all failures at once.</summary>
internal sealed class CalendarFeedOptionsValidator : IValidateOptions<CalendarFeedOptions>
{
    public ValidateOptionsResult Validate(string? name, CalendarFeedOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (string broken in CalendarFeedRules.Broken(options))
        {
            result.AddError($"Calendar feed '{name}': {broken}");
        }

        return result.Build();
    }
}
