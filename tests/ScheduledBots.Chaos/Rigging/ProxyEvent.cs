namespace ScheduledBots.Chaos.Rigging;

/// <summary>A piece that went over a line.</summary>
/// <param name="At">The machine's wall clock.</param>
/// <param name="Connection">Which connection.</param>
/// <param name="IsRequest">Whether it went to the database.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Text">A request as text, statements included.</param>
internal sealed record ProxyEvent(DateTimeOffset At, int Connection, bool IsRequest, int Bytes, string Text);
