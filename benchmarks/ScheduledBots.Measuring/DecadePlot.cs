using System.Globalization;
using System.Security;
using System.Text;

namespace ScheduledBots.Measuring;

/// <summary>A picture as SVG with a title and a scale of times in decades, up to ten seconds, on which everything stands.</summary>
public sealed class DecadePlot
{
    /// <summary>Ten seconds, in microseconds, is this power of ten.</summary>
    public const int LastDecade = 7;

    private const int TitleHeight = 40;
    private const int ScaleHeight = 40;

    private readonly StringBuilder _svg = new();
    private readonly int _left;
    private readonly int _right;
    private readonly int _firstDecade;

    /// <param name="title">Stands above it.</param>
    /// <param name="left">Where the scale begins.</param>
    /// <param name="right">Where it ends.</param>
    /// <param name="height">Of what is drawn, without the title and the scale.</param>
    /// <param name="firstDecade">The power of ten, in microseconds, with which the scale begins.</param>
    public DecadePlot(string title, int left, int right, int height, int firstDecade = 0)
    {
        (_left, _right, _firstDecade) = (left, right, firstDecade);
        Bottom = Top + height;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" width="{right + 40}" height="{Bottom + ScaleHeight}" font-family="sans-serif" font-size="12">""");
        Add($"""<rect width="100%" height="100%" fill="white"/>""");
        Add($"""<text x="10" y="22" font-size="15">{SecurityElement.Escape(title)}</text>""");
        for (int decade = firstDecade; decade <= LastDecade; decade++)
        {
            double x = X(Math.Pow(10, decade));
            Line(x, Top, x, Bottom, "#e3e7eb");
            Add($"""<text x="{x:0.#}" y="{Bottom + 18}" text-anchor="middle">{Ends(decade)}{Label(decade)}</text>""");
        }
    }

    /// <summary>The upper edge of what is drawn.</summary>
    public static int Top => TitleHeight;

    /// <summary>The lower edge.</summary>
    public int Bottom { get; }

    /// <summary>Where a time stands; one that is shorter, even negative, or longer than the scale stands at its ends.</summary>
    public double X(double micros)
    {
        double decade = Math.Log10(Math.Max(micros, Math.Pow(10, _firstDecade)));
        return _left + ((_right - _left) * (Math.Min(decade, LastDecade) - _firstDecade) / (LastDecade - _firstDecade));
    }

    public void Text(double x, double y, string text, string colour) => Add($"""<text x="{x:0.#}" y="{y:0.#}" fill="{colour}">{SecurityElement.Escape(text)}</text>""");

    public void Line(double x1, double y1, double x2, double y2, string colour, int width = 1) => Add(
        $"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>""");

    public void Bar(double x, double y, double width, double height, string colour) => Add(
        $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{colour}"/>""");

    public void Ring(double x, double y, string colour) => Add(
        $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5" fill="white" stroke="{colour}" stroke-width="2"/>""");

    /// <summary>The picture as it is now.</summary>
    public override string ToString() => $"{_svg}</svg>\n";

    private void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>What is shorter or longer than the scale stands at its ends, so they are said to be more than themselves.</summary>
    private string Ends(int decade) => decade == _firstDecade ? "≤ " : decade == LastDecade ? "≥ " : "";

    private static string Label(int decade) => decade switch
    {
        < 0 => $"{Math.Pow(10, decade + 3)} ns",
        < 3 => $"{Math.Pow(10, decade)} µs",
        < 6 => $"{Math.Pow(10, decade - 3)} ms",
        _ => $"{Math.Pow(10, decade - 6)} s",
    };
}
