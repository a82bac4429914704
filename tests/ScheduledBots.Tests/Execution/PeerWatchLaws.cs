using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Execution;

public class PeerWatchLaws
{
    private static readonly NodeId Self = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    private static readonly NodeId Peer = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(6);

    /// <summary>Own confirmed beats, milliseconds apart (most near the interval, some after an outage), and whether the peer beat in between.</summary>
    private static readonly Gen<IList<(int Milliseconds, bool PeerBeats)>> Beats =
        (from milliseconds in Gen.Frequency((4, Gen.Choose(900, 1_100)), (1, Gen.Choose(1_100, 120_000)))
         from peerBeats in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
         select (milliseconds, peerBeats)).ListOf(40).Select(beats => (IList<(int, bool)>)[.. beats]);

    // Mutant: a step counts in full. Mutant: a peer whose counter moved keeps its silence. Mutant: the first sighting counts a step.
    [Fact]
    public void A_peer_is_silent_after_its_time_to_live_of_own_beats_and_not_before()
    {
        int silences = 0, outages = 0;

        Law.Holds(Beats, beats =>
        {
            var watch = new PeerWatch(Interval, TimeToLive);
            long counter = 1;
            TimeSpan expected = TimeSpan.Zero;
            watch.Observe(Self, Nodes(counter), TimeSpan.FromHours(1));
            foreach ((int milliseconds, bool peerBeats) in beats)
            {
                counter += peerBeats ? 1 : 0;
                expected = peerBeats ? TimeSpan.Zero : expected + TimeSpan.FromMilliseconds(Math.Min(milliseconds, 2_000));

                bool isSilent = watch.Observe(Self, Nodes(counter), TimeSpan.FromMilliseconds(milliseconds)).Any(node => node.Id == Peer);

                Assert.Equal(expected >= TimeToLive, isSilent);
                Assert.Equal(isSilent ? TimeToLive : TimeToLive - expected, watch.UntilSilent);
                silences += isSilent ? 1 : 0;
                outages += milliseconds > 6_000 ? 1 : 0;
            }
        });

        Assert.True(silences > 1_000 && outages > 1_000, $"{silences} silences, {outages} outages");
    }

    [Fact]
    public void Neither_oneself_nor_who_has_ended_is_watched()
    {
        var watch = new PeerWatch(Interval, TimeToLive);
        NodeRow[] nodes = [Row(Self, 1, NodeStatus.Alive), Row(Peer, 1, NodeStatus.Dead), Row(new NodeId(Guid.Empty), 1, NodeStatus.Left)];

        for (int i = 0; i < 20; i++)
        {
            Assert.Empty(watch.Observe(Self, nodes, Interval));
        }
    }

    private static NodeRow[] Nodes(long peerBeat) => [Row(Self, 7, NodeStatus.Alive), Row(Peer, peerBeat, NodeStatus.Draining)];

    private static NodeRow Row(NodeId id, long beat, NodeStatus status) => new(id, "", "", beat, status, Examples.Noon, null);
}
