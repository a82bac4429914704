using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>What every store does with new bots.</summary>
public abstract class InsertSuite : StoreSuite
{
    /// <summary>Texts that a careless store loses, folds or executes.</summary>
    public static TheoryData<string> HostileTexts => new()
    {
        "", " ", " both ends ", "'; DROP TABLE bots; --", "%_\\\"`$1{0}", "line\r\nfeed\ttab", "ǅ İ ß ﬁ é e\u0301", "😀👩‍👩‍👧", "\u202Eright to left",
        new string('x', 5000),
    };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Every_text_comes_back_as_it_went_in(string text)
    {
        BotSnapshot bot = NewBot(tenant: text, key: text) with { MeetingUrl = text, Name = text, Metadata = text, TraceParent = text };

        await InsertAsync(bot);

        AssertSame(bot, await FindAsync(bot.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999_999)]
    [InlineData(62_135_596_800_000_000)]
    [InlineData(315_537_897_599_999_999)]
    public async Task An_instant_keeps_its_microseconds(long microseconds)
    {
        var instant = new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        BotSnapshot bot = NewBot() with { JoinAt = instant, CreatedAt = instant };

        await InsertAsync(bot);

        BotSnapshot found = await FindAsync(bot.Id);
        Assert.Equal(instant, found.JoinAt);
        Assert.Equal(instant, found.CreatedAt);
        Assert.Equal(TimeSpan.Zero, found.JoinAt.Offset);
    }

    [Fact]
    public async Task The_request_hash_comes_back_byte_by_byte()
    {
        byte[] hash = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 8))];
        BotSnapshot bot = NewBot(key: "k") with { RequestHash = RequestHash.FromBytes(hash) };

        await InsertAsync(bot);

        Assert.Equal(hash, (await FindAsync(bot.Id)).RequestHash.ToArray());
    }

    [Fact]
    public async Task A_bot_may_come_owned_already()
    {
        BotSnapshot bot = NewBot() with { Owner = Node, Fence = new Fence(1), Version = 1 };

        await InsertAsync(bot);

        AssertSame(bot, await FindAsync(bot.Id));
        Assert.Equal(BotMark.Of(bot), Assert.Single(await MarksAsync()));
        Assert.Empty((await ClaimAsync(owner: Other)).Bots);
    }

    [Fact]
    public async Task The_same_id_finds_the_first_bot()
    {
        BotSnapshot first = await InsertAsync(NewBot());

        InsertOutcome outcome = (await Store.InsertAsync([first with { Name = "Changed" }], CancellationToken.None))[0];

        Assert.False(outcome.Inserted);
        AssertSame(first, outcome.Bot);
    }

    [Fact]
    public async Task The_same_key_finds_the_first_bot_even_within_one_call()
    {
        BotSnapshot first = NewBot(tenant: "a", key: "k");

        IReadOnlyList<InsertOutcome> outcomes = await Store.InsertAsync(
            [first, NewBot(tenant: "a", key: "k"), NewBot(tenant: "b", key: "k"), NewBot(tenant: "a", key: "K"), NewBot(tenant: "a")],
            CancellationToken.None);

        Assert.Equal([true, false, true, true, true], outcomes.Select(outcome => outcome.Inserted));
        Assert.Equal(first.Id, outcomes[1].Bot.Id);
    }

    [Fact]
    public async Task A_key_holds_while_its_bot_works_and_is_free_once_it_is_settled()
    {
        BotSnapshot joining = await JoiningAsync(NewBot(key: "k"));
        InsertOutcome during = (await Store.InsertAsync([NewBot(key: "k")], CancellationToken.None))[0];
        await CommitAsync(joining, As<JoiningBot>(joining).Joined(Start.AddMinutes(11)));

        InsertOutcome after = (await Store.InsertAsync([NewBot(key: "k")], CancellationToken.None))[0];

        Assert.False(during.Inserted);
        Assert.Equal(joining.Id, during.Bot.Id);
        Assert.True(after.Inserted);
    }

    [Fact]
    public async Task A_cancelled_bot_frees_its_key_and_its_erasure_leaves_the_successor_alone()
    {
        BotSnapshot first = await InsertAsync(NewBot(key: "k"));
        await ChangeAsync(Cancel(first.Id));
        BotSnapshot second = await InsertAsync(NewBot(key: "k"));

        await Store.EraseAsync(first.Id, CancellationToken.None);

        BotSnapshot found = await InsertAsync(NewBot(key: "k"));
        Assert.Equal(second.Id, found.Id);
    }
}
