namespace Docs;

/// <summary>What became of an order to join.</summary>
internal enum MeetingAnswer
{
    Admitted,
    NotOpenYet,
    Refused,
}
