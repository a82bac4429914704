using QuickStart;

namespace ScheduledBots.Samples.Tests;

public sealed class ReplayTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Order_spacing_and_shared_start_times_are_kept()
    {
        Meeting[] meetings = [At(0), At(0), At(60), At(180), At(480)];

        IReadOnlyList<DateTimeOffset> instants = Replay.Compress(meetings, Morning, TimeSpan.FromSeconds(16));

        Assert.Equal([0, 0, 2, 6, 16], instants.Select(instant => (instant - Morning).TotalSeconds));
    }

    [Fact]
    public void Meetings_that_all_share_an_instant_still_do()
    {
        IReadOnlyList<DateTimeOffset> instants = Replay.Compress([At(5), At(5)], Morning, TimeSpan.FromSeconds(16));

        Assert.Equal([Morning, Morning], instants);
    }

    private static Meeting At(int minutes) => new("m", new Uri("https://meet.example.com/a"), Morning.AddMinutes(minutes));
}
