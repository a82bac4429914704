namespace Docs;

/// <summary>Stands for what a host has already: something that starts machines and lets a browser on them join.</summary>
internal interface IMachineCloud
{
    Task StartAsync(string machine, CancellationToken cancellationToken);

    Task DeleteAsync(string machine, CancellationToken cancellationToken);

    /// <summary>From now on the machine refuses orders with a smaller fence.</summary>
    Task RaiseFenceAsync(string machine, long fence, CancellationToken cancellationToken);

    /// <summary>Whether a participant of this bot is in the meeting already.</summary>
    Task<bool> IsInMeetingAsync(Guid bot, CancellationToken cancellationToken);

    Task<MeetingAnswer> JoinAsync(string machine, MachineOrder order, CancellationToken cancellationToken);
}
