namespace ScheduledBots.Tests.Docs.Scaling;

/// <summary>What a load asks of its database, by arithmetic. A herd is what shares one instant.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Nodes">Engines.</param>
/// <param name="BotsADay">Bots that join in a day.</param>
/// <param name="DaysAhead">How long ahead a bot is scheduled, in the mean.</param>
/// <param name="DaysKept">How long a settled bot is kept.</param>
/// <param name="ArmLead">The option, in seconds.</param>
/// <param name="ReconcileInterval">The option, in seconds.</param>
internal sealed record LoadModel(
    string Name, int Nodes, double BotsADay, double DaysAhead, double DaysKept, double ArmLead, double ReconcileInterval)
{
    /// <summary>Which share of a day's bots begins in its busiest hour.</summary>
    public const double BusiestHour = 0.1;

    /// <summary>Which share of an hour's bots begins at the full hour.</summary>
    public const double FullHour = 0.6;

    /// <summary>What of the arm lead is not for statements, in seconds: the first is up to 250 ms late, and the last answer must have come.</summary>
    public const double ArmReserve = 1;

    /// <summary>For how long bots are within the horizon before they are to be staged, in seconds: the staging spread, and ten more.</summary>
    public const double ClaimTime = 70;

    /// <summary>How much of a database's time its largest task may take, so that there is room for the others.</summary>
    public const double MaxBusy = 0.5;

    public double Stored => BotsADay * (DaysAhead + DaysKept);

    public double Herd => BotsADay * BusiestHour * FullHour;

    public double OwnedByNode => Herd / Nodes;

    public double CreatesInBusiestHour => BotsADay * BusiestHour / 3_600;

    public double WritesInBusiestHour => CreatesInBusiestHour * Coefficients.WritesABot;

    public double IdleStatements => Nodes * Coefficients.IdleStatements;

    /// <summary>Every beat reads every node.</summary>
    public double NodeRowsRead => (double)Nodes * Nodes;

    /// <summary>Every engine reads back what it owns, now and then.</summary>
    public double RowsReadBack => Herd / ReconcileInterval;

    public double SecondsToClaimHerd => Herd / Coefficients.Claims;

    public double SecondsToArmHerd => Herd / Coefficients.Armings;

    public double Gigabytes => ((Stored * Coefficients.BytesABot) + (BotsADay * DaysKept * Coefficients.HistoryBytesABot)) / 1e9;

    /// <summary>What asks for the most databases, and how many of the measured kind it takes.</summary>
    public (string Limit, int Databases) Bound
    {
        get
        {
            (string Limit, double Share)[] needs =
            [
                ("claiming the herd", SecondsToClaimHerd / ClaimTime),
                ("arming the herd", SecondsToArmHerd / (ArmLead - ArmReserve)),
                ("reading back", RowsReadBack / Coefficients.ReadBacks / MaxBusy),
                ("creating", CreatesInBusiestHour / Coefficients.Creates / MaxBusy),
                ("writing", WritesInBusiestHour / Coefficients.Commits / MaxBusy),
            ];
            (string Limit, double Share) largest = needs.MaxBy(need => need.Share);
            return (largest.Limit, (int)Math.Ceiling(largest.Share));
        }
    }

    /// <summary>The most bots that may share an instant on one database.</summary>
    public static double LargestHerd(double armLead) => Math.Min(Coefficients.Armings * (armLead - ArmReserve), Coefficients.Claims * ClaimTime);
}
