namespace ScheduledBots.Chaos.Rigging;

/// <summary>What a line does with what is sent over it.</summary>
internal enum ProxyMode
{
    /// <summary>It arrives.</summary>
    Forward,

    /// <summary>Nothing arrives, and nobody is told. What was sent is on its way and arrives when the line is whole again.</summary>
    BlackHole,

    /// <summary>Requests arrive and are carried out; their answers do not come back.</summary>
    DropAnswers,
}
