using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

public class TimeRuleTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly MisfirePolicy TenMinutes = new(TimeSpan.FromMinutes(10));

    // Mutant: MisfirePolicy.Judge asks for now < LastStart.
    [Fact]
    public void A_bot_is_due_from_JoinAt_to_the_end_of_the_grace_both_included()
    {
        DateTimeOffset last = Examples.Noon + TenMinutes.Grace;

        Assert.Equal(MisfireVerdict.Early, TenMinutes.Judge(Examples.Noon, Examples.Noon - Tick));
        Assert.Equal(MisfireVerdict.Due, TenMinutes.Judge(Examples.Noon, Examples.Noon));
        Assert.Equal(MisfireVerdict.Due, TenMinutes.Judge(Examples.Noon, last));
        Assert.Equal(MisfireVerdict.Missed, TenMinutes.Judge(Examples.Noon, last + Tick));
    }

    [Fact]
    public void Without_grace_only_the_instant_itself_is_due()
    {
        var strict = new MisfirePolicy(TimeSpan.Zero);

        Assert.Equal(MisfireVerdict.Due, strict.Judge(Examples.Noon, Examples.Noon));
        Assert.Equal(MisfireVerdict.Missed, strict.Judge(Examples.Noon, Examples.Noon + Tick));
    }

    [Fact]
    public void The_last_start_stops_at_the_end_of_time()
    {
        DateTimeOffset end = DateTimeOffset.MaxValue;

        Assert.Equal(end, TenMinutes.LastStart(end));
        Assert.Equal(end, TenMinutes.LastStart(end - TenMinutes.Grace));
        Assert.Equal(end, TenMinutes.LastStart(end - TenMinutes.Grace + Tick));
        Assert.Equal(end - Tick, TenMinutes.LastStart(end - TenMinutes.Grace - Tick));
        Assert.Equal(end, new MisfirePolicy(TimeSpan.MaxValue).LastStart(Examples.Noon));
        Assert.Equal(MisfireVerdict.Due, TenMinutes.Judge(end, end));
    }

    /// <summary>A clock east of Greenwich runs out of years before the instant does.</summary>
    // Mutant: LastStart adds the grace without going to UTC first.
    [Fact]
    public void The_last_start_of_an_instant_with_an_offset_is_that_of_the_same_instant_in_UTC()
    {
        var east = new DateTimeOffset(DateTime.MaxValue.AddMinutes(-5), TimeSpan.FromHours(14));

        Assert.Equal(east.UtcDateTime.AddMinutes(10), TenMinutes.LastStart(east).UtcDateTime);
    }

    // Mutant: MisfirePolicy.Judge compares with joinAt + 2 * grace.
    [Fact]
    public void The_verdicts_follow_each_other_in_time_and_never_go_back()
    {
        int due = 0, missed = 0;

        Law.Holds(BotGenerators.Instant.And(BotGenerators.Span.And(BotGenerators.Span)), drawn =>
        {
            (DateTimeOffset joinAt, (TimeSpan grace, TimeSpan after)) = drawn;
            var policy = new MisfirePolicy(grace);

            MisfireVerdict verdict = policy.Judge(joinAt, joinAt + after);

            Assert.Equal(after <= grace ? MisfireVerdict.Due : MisfireVerdict.Missed, verdict);
            Assert.Equal(MisfireVerdict.Early, policy.Judge(joinAt, joinAt - after - Tick));
            Assert.True(policy.Judge(joinAt, joinAt + after + Tick) >= verdict);
            due += verdict == MisfireVerdict.Due ? 1 : 0;
            missed += verdict == MisfireVerdict.Missed ? 1 : 0;
        });

        Assert.True(due > 50 && missed > 50, $"{due} due, {missed} missed");
    }

    [Fact]
    public void A_lead_as_long_as_staging_is_not_at_risk()
    {
        TimeSpan staging = TimeSpan.FromMinutes(2);

        Assert.False(LeadTime.Assess(Examples.Noon + staging, Examples.Noon, staging).AtRisk);
        Assert.True(LeadTime.Assess(Examples.Noon + staging - Tick, Examples.Noon, staging).AtRisk);
        Assert.Equal(Tick, LeadTime.Assess(Examples.Noon + staging - Tick, Examples.Noon, staging).Shortfall);
    }

    [Fact]
    public void An_ad_hoc_bot_is_short_of_all_its_staging()
    {
        LeadTime lead = LeadTime.Assess(Examples.Noon, Examples.Noon, TimeSpan.FromSeconds(40));

        Assert.Equal(TimeSpan.Zero, lead.Lead);
        Assert.Equal(TimeSpan.FromSeconds(40), lead.Shortfall);
    }

    [Fact]
    public void The_widest_leads_do_not_overflow()
    {
        Assert.Equal(TimeSpan.Zero, LeadTime.Assess(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, TimeSpan.MaxValue).Lead);
        Assert.False(LeadTime.Assess(DateTimeOffset.MaxValue, DateTimeOffset.MinValue, TimeSpan.FromMinutes(5)).AtRisk);
    }

    // Mutant: LeadTime.Assess returns joinAt - now without the floor at zero.
    [Fact]
    public void Lead_and_shortfall_are_never_negative_and_make_up_the_staging()
    {
        int atRisk = 0;

        Law.Holds(BotGenerators.Instant.And(BotGenerators.Span.And(BotGenerators.Span)), drawn =>
        {
            (DateTimeOffset now, (TimeSpan distance, TimeSpan staging)) = drawn;
            LeadTime ahead = LeadTime.Assess(now + distance, now, staging), behind = LeadTime.Assess(now - distance, now, staging);

            Assert.Equal(distance, ahead.Lead);
            Assert.Equal(TimeSpan.Zero, behind.Lead);
            Assert.Equal(staging > distance ? staging : distance, ahead.Lead + ahead.Shortfall);
            Assert.Equal(ahead.Shortfall > TimeSpan.Zero, ahead.AtRisk);
            atRisk += ahead.AtRisk ? 1 : 0;
        });

        Assert.True(atRisk > 50, $"{atRisk} at risk");
    }

    [Fact]
    public void Fences_grow_by_one_are_ordered_and_never_wrap()
    {
        var fence = new Fence(41);

        Assert.Equal(new Fence(42), fence.Next());
        Assert.True(fence < fence.Next() && fence.Next() > fence && fence <= fence.Next() && fence.Next() >= fence);
        Assert.Throws<OverflowException>(() => new Fence(long.MaxValue).Next());
    }
}
