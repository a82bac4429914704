using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>What the host hands over is checked where it is made.</summary>
public class HostContractTests
{
    [Fact]
    public void A_handle_must_be_there()
    {
        Assert.Throws<ArgumentNullException>("handle", () => new Allocation(null!));
        Assert.Throws<ArgumentException>("handle", () => new Allocation(""));
    }

    // Mutant: the Allocation compares with >= MaxHandleLength.
    [Fact]
    public void A_handle_has_at_most_2048_characters()
    {
        string longest = new('h', Allocation.MaxHandleLength);

        var refusal = Assert.Throws<ArgumentException>("handle", () => new Allocation(longest + "h"));

        Assert.Equal(longest, new Allocation(longest).Handle);
        Assert.StartsWith("The handle has 2049 characters; at most 2048 can be stored.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hhhh", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_allocation_is_local_unless_it_says_otherwise()
    {
        Assert.False(new Allocation("vm-1").IsPortable);
        Assert.Equal(new ResourceHandle("vm-1", true), new Allocation("vm-1", isPortable: true).ToResourceHandle());
    }

    // Mutant: Retry refuses zero too.
    [Fact]
    public void A_retry_waits_zero_or_more()
    {
        Assert.Throws<ArgumentOutOfRangeException>("after", () => JoinResult.Retry(TimeSpan.FromTicks(-1)));
        Assert.Equal(TimeSpan.Zero, JoinResult.Retry(TimeSpan.Zero).RetryAfter);
    }

    [Fact]
    public void A_result_says_what_it_was_made_from()
    {
        Assert.Equal(JoinOutcome.Joined, JoinResult.Joined().Outcome);
        Assert.Equal((JoinOutcome.Failed, "no such meeting"), (JoinResult.Failed("no such meeting").Outcome, JoinResult.Failed("no such meeting").Reason));
        Assert.Equal(JoinOutcome.Retry, JoinResult.Retry(TimeSpan.FromSeconds(5), "lobby").Outcome);
    }

    // Mutant: a detail of MaxDetailLength or more loses one character too many.
    [Theory]
    [InlineData(1023, 1023)]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1024)]
    public void A_detail_is_cut_at_1024_characters(int length, int kept) =>
        Assert.Equal(kept, new Failure(FailureReason.JoinFailed, new string('x', length)).Detail!.Length);

    /// <summary>Half a character is no text: a database that speaks UTF-8 refuses the row, and the bot could never settle.</summary>
    // Mutant: Failure cuts at MaxDetailLength whatever stands there.
    [Fact]
    public void A_detail_is_never_cut_inside_a_character()
    {
        string detail = new string('x', Failure.MaxDetailLength - 1) + "🤖 and more";

        Assert.Equal(new string('x', Failure.MaxDetailLength - 1), new Failure(FailureReason.JoinFailed, detail).Detail);
    }
}
