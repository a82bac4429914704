using System.Text;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

/// <summary>Throws at the face what nobody should: over 100,000 calls with hostile texts, extreme instants and missing members.</summary>
public sealed class HostileInputTests
{
    private const int Seed = 20_260_302;
    private const int SceneCount = 25;
    private const int CallsPerScene = 4_200;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private int _accepted;
    private int _refused;
    private int _pages;

    // Mutant: CheckSurrogates looks at metadata no more. Mutant: CheckUrl does not look at the text.
    [Fact]
    public async Task Whatever_is_sent_is_answered_or_refused_by_type_and_all_that_was_accepted_can_be_read_back()
    {
        for (int i = 0; i < SceneCount; i++)
        {
            await PlayAsync(Seed + i);
        }

        Assert.True(_accepted > 10_000 && _refused > 40_000 && _pages > 2_000, $"{_accepted} accepted, {_refused} refused, {_pages} pages");
    }

    private async Task PlayAsync(int seed)
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        var texts = new HostileTexts(new Random(seed));
        var world = new HostileWorld(scene.Scheduler, texts, scene.Now);
        for (int call = 0; call < CallsPerScene; call++)
        {
            try
            {
                await world.CallAsync();
                _accepted++;
            }
            catch (Exception error) when (IsTyped(error))
            {
                _refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"call {call} of seed {seed} ended in {error}");
            }
        }

        _pages += world.PageCount;
        await ReadBackAsync(scene.Scheduler, world.Created, seed);
    }

    private static bool IsTyped(Exception error) =>
        error is ArgumentException or LeadTimeTooShortException or BotNotFoundException or BotStateConflictException
            or BotVersionConflictException or DeduplicationConflictException;

    private static async Task ReadBackAsync(IBotScheduler scheduler, HashSet<BotId> created, int seed)
    {
        List<Bot> listed = [];
        await foreach (Bot bot in scheduler.ListAllAsync(new BotFilter { PageSize = 97 }))
        {
            listed.Add(bot);
        }

        Assert.True(created.Count > 100, $"seed {seed} created only {created.Count} bots");
        Assert.Equal(created.Order(), listed.Select(bot => bot.Id).Order());
        foreach (Bot bot in listed)
        {
            Bot found = (await scheduler.FindAsync(bot.Id))!;
            Assert.Equal(found.ToSnapshot(), bot.ToSnapshot());
            foreach (string? text in (string?[])[bot.Tenant, bot.DeduplicationKey, bot.MeetingUrl, bot.Name, bot.Metadata])
            {
                Assert.Equal(text, text is null ? null : StrictUtf8.GetString(StrictUtf8.GetBytes(text)));
                Assert.False(text?.Contains('\0') == true, "databases cannot keep U+0000");
            }
        }
    }
}
