using System.Globalization;

namespace ScheduledBots.Measuring;

/// <summary>Prints figures as they come, and keeps them in a file, which has all there are so far.</summary>
public sealed class FigureTable
{
    private readonly string _name;
    private readonly List<Figure> _figures = [];

    /// <param name="name">Of the file, artifacts/bench/NAME.json.</param>
    public FigureTable(string name)
    {
        _name = name;
        Console.WriteLine($"{"store",-12}{"what",-46}{"figure",12} {"unit",-14}{"wanted",-14}");
    }

    public void Add(Figure figure)
    {
        string wanted = (figure.Least, figure.Most) switch
        {
            ({ } least, _) => $">= {Number(least)}",
            (_, { } most) => $"<= {Number(most)}",
            _ => "",
        };
        string verdict = figure.IsReached switch { true => "reached", false => "MISSED", null => "" };
        Console.WriteLine($"{figure.Store,-12}{figure.What,-46}{Number(figure.Value),12} {figure.Unit,-14}{wanted,-14}{verdict,-9}{figure.Note}");
        _figures.Add(figure);
        Artifacts.WriteJson(_name, _figures);
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 100 && value != Math.Floor(value) ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
