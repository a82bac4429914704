using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Stories;

public sealed class TenantStories
{
    // Mutant: the agenda's allocations are a queue by JoinAt alone.
    [Fact]
    public async Task A_tenant_with_a_hundred_due_bots_does_not_keep_another_from_its_one()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.MaxConcurrentAllocations = 2, start: false);
        var noisy = new SemaphoreSlim(0);
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int before = 0;
        scene.Host.Allocate = async (bot, cancellation) =>
        {
            if (bot.Tenant == "quiet")
            {
                quiet.SetResult();
            }
            else if (!quiet.Task.IsCompleted)
            {
                Interlocked.Increment(ref before);
                await noisy.WaitAsync(cancellation);
            }

            return new Allocation("vm");
        };
        IReadOnlyList<ScheduleOutcome> outcomes = await scene.Scheduler.ScheduleManyAsync(
        [
            .. Enumerable.Range(0, 100).Select(_ => scene.Request(TimeSpan.FromMinutes(1)) with { Tenant = "noisy" }),
            scene.Request(TimeSpan.FromMinutes(2)) with { Tenant = "quiet" },
        ]);

        await scene.Engine.StartAsync();
        while (!quiet.Task.IsCompleted)
        {
            await Task.WhenAny(quiet.Task, Task.Delay(5));
            noisy.Release();
        }

        noisy.Release(100);
        await scene.UntilAsync(outcomes[^1].Result!.Bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(500));
        Assert.InRange(before, 0, 3);
        noisy.Dispose();
    }
}
