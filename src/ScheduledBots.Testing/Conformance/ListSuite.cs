using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store filters and pages, for people and for the engine that holds itself to its rows.</summary>
public abstract class ListSuite : StoreSuite
{
    [Fact]
    public async Task Pages_neither_repeat_nor_skip_bots_of_the_same_instant()
    {
        for (int i = 0; i < 7; i++)
        {
            await InsertAsync(NewBot(i / 3));
        }

        var seen = new List<BotSnapshot>();
        for (BotQueryPosition? after = null; seen.Count < 7; after = new BotQueryPosition(seen[^1].JoinAt, seen[^1].Id))
        {
            IReadOnlyList<BotSnapshot> page = await Store.ListAsync(new BotQuery { Limit = 2, After = after }, CancellationToken.None);
            Assert.NotEmpty(page);
            seen.AddRange(page);
        }

        Assert.Equal(7, seen.DistinctBy(bot => bot.Id).Count());
        Assert.Equal(seen.OrderBy(bot => bot.JoinAt).Select(bot => bot.JoinAt), seen.Select(bot => bot.JoinAt));
    }

    [Fact]
    public async Task Each_filter_lets_its_own_pass_and_null_lets_everything_pass()
    {
        BotSnapshot early = await InsertAsync(NewBot(10, tenant: "a"));
        BotSnapshot middle = await InsertAsync(NewBot(20, tenant: "b"));
        BotSnapshot late = await InsertAsync(NewBot(30, tenant: "a"));
        await ChangeAsync(Cancel(middle.Id));

        await AssertListAsync(new BotQuery { Limit = 9 }, early, middle, late);
        await AssertListAsync(new BotQuery { Limit = 9, Tenant = "a" }, early, late);
        await AssertListAsync(new BotQuery { Limit = 9, Tenant = "A" });
        await AssertListAsync(new BotQuery { Limit = 9, Tenant = "" });
        await AssertListAsync(new BotQuery { Limit = 9, Status = BotStatus.Scheduled }, early, late);
        await AssertListAsync(new BotQuery { Limit = 9, Status = BotStatus.Cancelled }, middle);
        await AssertListAsync(new BotQuery { Limit = 9, Status = BotStatus.Joined });
    }

    [Fact]
    public async Task From_is_included_and_until_is_not()
    {
        BotSnapshot early = await InsertAsync(NewBot(10));
        BotSnapshot middle = await InsertAsync(NewBot(20));
        BotSnapshot late = await InsertAsync(NewBot(30));

        await AssertListAsync(new BotQuery { Limit = 9, From = middle.JoinAt }, middle, late);
        await AssertListAsync(new BotQuery { Limit = 9, From = middle.JoinAt.AddMicroseconds(1) }, late);
        await AssertListAsync(new BotQuery { Limit = 9, Until = middle.JoinAt }, early);
        await AssertListAsync(new BotQuery { Limit = 9, Until = middle.JoinAt.AddMicroseconds(1) }, early, middle);
        await AssertListAsync(new BotQuery { Limit = 9, From = middle.JoinAt, Until = late.JoinAt }, middle);
        await AssertListAsync(new BotQuery { Limit = 9, From = middle.JoinAt, Until = middle.JoinAt });
    }

    [Fact]
    public async Task Filters_hold_on_every_page()
    {
        BotSnapshot[] bots = [.. Enumerable.Range(0, 12).Select(i => NewBot(i / 4, tenant: i % 2 == 0 ? "a" : "b"))];
        await Store.InsertAsync(bots, CancellationToken.None);
        BotSnapshot[] expected = [.. bots.Where(bot => bot.Tenant == "a").OrderBy(bot => bot.JoinAt).ThenBy(bot => bot.Id)];

        var query = new BotQuery { Limit = 1, Tenant = "a", Status = BotStatus.Scheduled, From = Start, Until = Start.AddMinutes(2) };
        foreach (BotSnapshot bot in expected.Where(bot => bot.JoinAt < Start.AddMinutes(2)))
        {
            await AssertListAsync(query, bot);
            query = query with { After = new BotQueryPosition(bot.JoinAt, bot.Id) };
        }

        await AssertListAsync(query);
    }

    [Fact]
    public async Task A_page_goes_on_behind_a_place_whose_bot_is_gone()
    {
        BotSnapshot first = await InsertAsync(NewBot(10));
        BotSnapshot second = await InsertAsync(NewBot(10));
        BotSnapshot[] ordered = [.. new[] { first, second }.OrderBy(bot => bot.Id)];
        await ChangeAsync(Cancel(ordered[0].Id));
        await Store.EraseAsync(ordered[0].Id, CancellationToken.None);

        await AssertListAsync(new BotQuery { Limit = 9, After = new BotQueryPosition(first.JoinAt, ordered[0].Id) }, ordered[1]);
    }

    [Fact]
    public async Task An_armed_bot_is_listed_by_the_status_callers_see_at_the_given_instant()
    {
        BotSnapshot armed = await ArmedAsync(NewBot(10));
        BotSnapshot waiting = await InsertAsync(NewBot(20));
        var staged = new BotQuery { Limit = 9, Status = BotStatus.Staged };
        BotQuery joining = staged with { Status = BotStatus.Joining };

        await AssertListAsync(staged, armed);
        await AssertListAsync(staged with { Now = armed.JoinAt.AddMicroseconds(-1) }, armed);
        await AssertListAsync(staged with { Now = armed.JoinAt });
        await AssertListAsync(joining with { Now = armed.JoinAt.AddMicroseconds(-1) });
        await AssertListAsync(joining with { Now = armed.JoinAt }, armed);
        await AssertListAsync(new BotQuery { Limit = 9, Status = BotStatus.Scheduled, Now = Start.AddDays(1) }, waiting);
    }

    [Fact]
    public async Task A_key_finds_the_bot_of_its_tenant_that_is_not_settled()
    {
        BotSnapshot settled = await InsertAsync(NewBot(10, "a", "standup"));
        await ChangeAsync(Cancel(settled.Id));
        BotSnapshot current = await InsertAsync(NewBot(11, "a", "standup"));
        BotSnapshot other = await InsertAsync(NewBot(12, "b", "standup"));
        await InsertAsync(NewBot(13, "a", "Standup"));

        await AssertListAsync(new BotQuery { Limit = 9, Tenant = "a", UnsettledKey = "standup" }, current);
        await AssertListAsync(new BotQuery { Limit = 9, UnsettledKey = "standup" }, current, other);
        await AssertListAsync(new BotQuery { Limit = 9, UnsettledKey = "retro" });
    }

    [Fact]
    public async Task An_owner_reads_the_marks_of_its_unsettled_bots_and_no_others()
    {
        await JoinedAsync();
        BotSnapshot mine = await ClaimedAsync();
        await InsertAsync(NewBot());
        await ClaimAsync(owner: Other);

        IReadOnlyList<BotMark> marks = await MarksAsync();

        Assert.Equal(BotMark.Of(mine), Assert.Single(marks));
    }

    [Fact]
    public async Task A_mark_says_what_the_row_says_in_every_state_of_an_owned_bot()
    {
        BotSnapshot joining = await JoiningAsync(NewBot(1));
        BotSnapshot armed = await ArmedAsync(NewBot(2));
        BotSnapshot staged = await StagedAsync(NewBot(3));
        BotSnapshot claimed = await ClaimedAsync(NewBot(4));

        IReadOnlyList<BotMark> marks = await MarksAsync();

        Assert.Equal([BotMark.Of(joining), BotMark.Of(armed), BotMark.Of(staged), BotMark.Of(claimed)], marks);
        Assert.Equal(armed.ArmedUntil, marks[1].ArmedUntil);
    }

    // Mutants: a page that goes on behind the instant alone; one that begins with its place.
    [Fact]
    public async Task Pages_of_marks_go_on_behind_a_place_whether_its_bot_is_still_there_or_not()
    {
        await Store.InsertAsync([.. Enumerable.Range(0, 7).Select(i => NewBot(i / 4))], CancellationToken.None);
        BotSnapshot[] owned = [.. (await ClaimAsync()).Bots.OrderBy(bot => bot.JoinAt).ThenBy(bot => bot.Id)];

        List<BotMark> seen = [];
        for (IReadOnlyList<BotMark> page = await MarksAsync(limit: 2); page.Count > 0 && seen.Count < 20; page = await MarksAsync(after: PlaceOf(seen[^1]), limit: 2))
        {
            seen.AddRange(page);
            if (seen.Count == 2)
            {
                await CommitAsync(owned[1], As<ScheduledBot>(owned[1]).HandBack());
            }
        }

        Assert.Equal(owned.Select(BotMark.Of), seen);
    }

    [Fact]
    public async Task Several_bots_are_found_each_once_and_those_that_there_are_not_are_left_out()
    {
        BotSnapshot settled = await JoinedAsync();
        BotSnapshot armed = await ArmedAsync();
        await InsertAsync(NewBot());

        IReadOnlyList<BotSnapshot> found = await Store.FindManyAsync([armed.Id, BotId.New(Start), settled.Id, armed.Id], CancellationToken.None);

        Assert.Equal(new[] { settled, armed }.OrderBy(bot => bot.Id), found.OrderBy(bot => bot.Id));
        Assert.Empty(await Store.FindManyAsync([], CancellationToken.None));
    }

    // More than a store may look up in one statement.
    [Fact]
    public async Task However_many_bots_are_sought_all_are_found()
    {
        BotSnapshot[] bots = [.. Enumerable.Range(0, 1_001).Select(_ => NewBot())];
        await Store.InsertAsync(bots, CancellationToken.None);

        IReadOnlyList<BotSnapshot> found = await Store.FindManyAsync([.. bots.Select(bot => bot.Id)], CancellationToken.None);

        Assert.Equal(bots.Select(bot => bot.Id).Order(), found.Select(bot => bot.Id).Order());
    }

    private static BotQueryPosition PlaceOf(BotMark mark) => new(mark.JoinAt, mark.Id);

    private async Task AssertListAsync(BotQuery query, params BotSnapshot[] expected)
    {
        IReadOnlyList<BotSnapshot> page = await Store.ListAsync(query, CancellationToken.None);
        Assert.Equal(expected.Select(bot => bot.Id), page.Select(bot => bot.Id));
    }
}
