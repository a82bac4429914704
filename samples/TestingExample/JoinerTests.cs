using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots;
using ScheduledBots.Extensibility;
using ScheduledBots.Testing;
using Xunit;

namespace TestingExample;

public sealed class JoinerTests
{
    [Fact]
    public void A_working_day_of_meetings_starts_on_time()
    {
        using var host = TestSchedulerHost.Start(builder => builder.UseMeetingJoiner<RoomJoiner>().Services.AddSingleton<Doors>());
        for (int i = 1; i <= 48; i++)
        {
            host.Schedule(i * TimeSpan.FromMinutes(10));
        }

        host.RunFor(TimeSpan.FromHours(9));

        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Fact]
    public void Every_bot_enters_its_own_room() => Check.QuickThrowOnFailure(
        Prop.ForAll(BotGen.Requests(new TestSchedulerSetup().StartsAt, TimeSpan.FromHours(8)), EntersItsOwnRoom<RoomJoiner>));

    [Fact]
    public void The_property_finds_the_shared_field()
    {
        var property = Prop.ForAll(BotGen.Requests(new TestSchedulerSetup().StartsAt, TimeSpan.FromHours(8)), EntersItsOwnRoom<ForgetfulJoiner>);

        Assert.ThrowsAny<Exception>(() => Check.QuickThrowOnFailure(property));
    }

    private static bool EntersItsOwnRoom<TJoiner>(BotRequest[] requests)
        where TJoiner : class, IMeetingJoiner
    {
        using var host = TestSchedulerHost.Start(builder => builder.UseMeetingJoiner<TJoiner>().Services.AddSingleton<Doors>());
        Array.ForEach(requests, request => host.Schedule(request));
        host.RunFor(TimeSpan.FromHours(9));
        host.AssertPromisesKept();
        var doors = host.Services.GetRequiredService<Doors>();
        return requests.All(request => doors.Entered[request.Id!.Value] == request.MeetingUrl.AbsoluteUri);
    }
}
