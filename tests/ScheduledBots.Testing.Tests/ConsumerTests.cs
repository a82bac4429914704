using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing.Tests;

/// <summary>What the kit is for: ten lines of a host's own find what is wrong with its joiner.</summary>
public sealed class ConsumerTests
{
    private static readonly DateTimeOffset Start = new TestSchedulerSetup().StartsAt;

    [Fact]
    public void A_joiner_that_shares_a_field_between_bots_is_found_with_two_of_them()
    {
        int smallest = int.MaxValue;
        var property = Prop.ForAll(BotGen.Requests(Start, TimeSpan.FromHours(8)), requests =>
        {
            bool holds = EveryBotIsInItsOwnRoom<ForgetfulJoiner>(requests);
            smallest = holds ? smallest : requests.Length;
            return holds;
        });

        Assert.ThrowsAny<Exception>(() => Check.One(Config.QuickThrowOnFailure, property));

        Assert.Equal(2, smallest);
    }

    [Fact]
    public void The_mended_joiner_puts_every_bot_into_its_own_room() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(BotGen.Requests(Start, TimeSpan.FromHours(8)), EveryBotIsInItsOwnRoom<MendedJoiner>));

    private static bool EveryBotIsInItsOwnRoom<TJoiner>(BotRequest[] requests)
        where TJoiner : class, IMeetingJoiner
    {
        var rooms = new ConcurrentDictionary<BotId, string>();
        using var host = TestSchedulerHost.Start(builder => builder.UseMeetingJoiner<TJoiner>().Services.AddSingleton(rooms));
        Array.ForEach(requests, request => host.Schedule(request));
        host.RunFor(TimeSpan.FromHours(9));
        host.AssertAllJoinedOnTime();
        return requests.All(request => rooms[request.Id!.Value] == request.MeetingUrl.AbsoluteUri);
    }

    /// <summary>Keeps the room in a field while it opens the door, as if it served one bot at a time.</summary>
    internal sealed class ForgetfulJoiner(TimeProvider time, ConcurrentDictionary<BotId, string> rooms) : IMeetingJoiner
    {
        private string _room = "";

        public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
        {
            _room = attempt.Bot.MeetingUrl;
            await Task.Delay(TimeSpan.FromSeconds(3), time, cancellationToken);
            rooms[attempt.Bot.Id] = _room;
            return JoinResult.Joined();
        }
    }

    internal sealed class MendedJoiner(TimeProvider time, ConcurrentDictionary<BotId, string> rooms) : IMeetingJoiner
    {
        public async Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), time, cancellationToken);
            rooms[attempt.Bot.Id] = attempt.Bot.MeetingUrl;
            return JoinResult.Joined();
        }
    }
}
