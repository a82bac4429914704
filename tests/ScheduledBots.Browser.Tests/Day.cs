namespace ScheduledBots.Browser.Tests;

/// <summary>A busy hour, for pictures: meetings all along, herds at the half hours, some that failed, some that were called off.</summary>
internal static class Day
{
    private static readonly string[] Titles =
        ["Weekly planning", "Sales call", "Design review", "Stand-up blue team", "Interview", "Board", "Customer onboarding", "Retrospective", "Incident review", "1:1"];

    private static readonly string[] Hosts = ["meet.example.com", "zoom.example.org", "teams.example.net"];

    public static async Task FillAsync(Scene scene)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
        List<BotRequest> requests = [.. Enumerable.Range(0, 90).Select(i => Request(i, now.AddSeconds(45 + (i * i * 0.42))))];
        requests.AddRange(Enumerable.Range(0, 64).Select(i => Request(i, hour.AddMinutes(30))));
        requests.AddRange(Enumerable.Range(0, 27).Select(i => Request(i, hour.AddMinutes(45))));
        requests.AddRange(Enumerable.Range(0, 8).Select(i => Request(i, now.AddSeconds(2 + (i * 0.05)))));
        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync(requests);
        for (int i = 40; i < 90; i += 9)
        {
            await scene.Scheduler.CancelAsync(outcomes[i].Result!.Bot.Id);
        }

        for (int i = 0; i < 12; i++)
        {
            await scene.ScheduleAsync(null, i % 6 == 0 ? Titles[i % Titles.Length] + " fails" : Titles[i % Titles.Length]);
        }
    }

    private static BotRequest Request(int i, DateTimeOffset joinAt) => new()
    {
        MeetingUrl = new Uri($"https://{Hosts[i % Hosts.Length]}/room-{i}"),
        Name = $"{Titles[i % Titles.Length]} notes",
        JoinAt = joinAt,
    };
}
