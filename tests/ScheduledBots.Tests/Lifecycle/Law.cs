using FsCheck;
using FsCheck.Fluent;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>Checks a law on 2,000 generated cases; a failure prints the seed that replays it.</summary>
internal static class Law
{
    public const int Cases = 2_000;

    public static void Holds<T>(Gen<T> cases, Action<T> law) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases),
            Prop.ForAll(Arb.From(cases), value =>
            {
                law(value);
                return true;
            }));

    public static Gen<(T1 First, T2 Second)> And<T1, T2>(this Gen<T1> first, Gen<T2> second) =>
        from one in first
        from two in second
        select (one, two);
}
