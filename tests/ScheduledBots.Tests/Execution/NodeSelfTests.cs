using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Execution;

public sealed class NodeSelfTests
{
    private static readonly NodeId First = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    private static readonly NodeId Second = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private readonly FakeTimeProvider _time = new();

    // Mutant: trust counts from when the answer came.
    [Fact]
    public void Trust_lasts_from_the_sending_of_a_confirmed_beat()
    {
        NodeSelf self = Node(isShared: true);
        Assert.False(self.IsTrusted);
        long sent = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(2));

        self.Confirm(First, sent);

        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.True(self.IsTrusted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(self.IsTrusted);
    }

    // Mutant: Confirm does not compare the incarnations.
    [Fact]
    public void A_beat_of_an_incarnation_that_was_declared_dead_gives_no_trust_to_the_next()
    {
        NodeSelf self = Node(isShared: true);
        self.BeginAnew(Second);

        self.Confirm(First, _time.GetTimestamp());

        Assert.False(self.IsTrusted);
        Assert.True(self.Is(Second) && !self.Is(First) && !self.Is(null));
    }

    [Fact]
    public void Silence_is_told_from_where_trust_ends_and_begins_anew_with_each_incarnation()
    {
        NodeSelf self = Node(isShared: true);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), self.Silence);

        self.Confirm(First, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Null(self.Silence);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull(self.Silence);

        self.BeginAnew(Second);
        Assert.Null(self.Silence);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(Node(isShared: false).Silence);
    }

    [Fact]
    public void The_only_engine_of_a_store_trusts_itself() => Assert.True(Node(isShared: false).IsTrusted);

    private NodeSelf Node(bool isShared) => new(First, isShared, TimeSpan.FromSeconds(5), _time);
}
