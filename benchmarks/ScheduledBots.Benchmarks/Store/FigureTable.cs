using System.Globalization;
using System.Text.Json;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Prints figures as they come, and writes them all to a file.</summary>
internal sealed class FigureTable
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<Figure> _figures = [];

    public FigureTable() => Console.WriteLine($"{"store",-12}{"what",-46}{"figure",12} {"unit",-14}{"wanted",-14}");

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        string wanted = (figure.Least, figure.Most) switch
        {
            ({ } least, _) => $">= {Number(least)}",
            (_, { } most) => $"<= {Number(most)}",
            _ => "",
        };
        string verdict = figure.IsReached switch { true => "reached", false => "MISSED", null => "" };
        Console.WriteLine($"{figure.Store,-12}{figure.What,-46}{Number(figure.Value),12} {figure.Unit,-14}{wanted,-14}{verdict,-9}{figure.Note}");
    }

    /// <summary>Writes artifacts/bench/NAME.json.</summary>
    public void Write(string name)
    {
        Directory.CreateDirectory("artifacts/bench");
        File.WriteAllText($"artifacts/bench/{name}.json", JsonSerializer.Serialize(_figures, Json));
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 100 && value != Math.Floor(value) ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
