using ScheduledBots.Lifecycle;
using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>Words of the host that no database keeps as they are; a row that were refused would be refused for ever.</summary>
public abstract class HostileTextSuite : StoreSuite
{
    private const string Hostile = "'; DROP TABLE scheduled_bots; -- \0 \uD800 \uDC00\uD800 \u001A0000 😀 $1 @p0 {0}";

    [Fact]
    public async Task Words_of_the_host_come_back_in_every_field()
    {
        BotSnapshot bot = NewBot(tenant: "'a\"", key: "k'; --") with
        {
            MeetingUrl = Hostile, Name = Hostile, Metadata = Hostile, TraceParent = Hostile,
        };
        BotSnapshot claimed = await ClaimedAsync(bot);
        BotSnapshot next = claimed with
        {
            Status = BotStatus.Joining,
            Resource = new ResourceHandle(Hostile, IsPortable: true),
            LastFailure = new Failure(FailureReason.JoinFailed, Hostile),
            StartedAt = Start,
        };

        await Store.CommitAsync([Guarded(claimed, next)], CancellationToken.None);
        ChangeOutcome changed = await ChangeAsync(Update(bot.Id) with { Metadata = Hostile + Hostile });

        BotSnapshot expected = next with { Metadata = Hostile + Hostile, Version = claimed.Version + 2 };
        AssertSame(expected, changed.Bot!);
        AssertSame(expected, await FindAsync(bot.Id));
    }
}
