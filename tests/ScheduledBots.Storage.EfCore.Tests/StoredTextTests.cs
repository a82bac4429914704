using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Tests;

public sealed class StoredTextTests
{
    // Mutant: the escape itself is not escaped.
    [Property(MaxTest = 2000)]
    public Property Every_text_comes_back_and_what_is_kept_is_text_to_every_database() => Prop.ForAll(
        Gen.Elements('\0', '\u001A', '\uD83D', '\uDE00', '0', 'A', 'é').ListOf().ToArbitrary(),
        letters =>
        {
            string text = new([.. letters]);
            string kept = StoredText.Kept(text);
            return StoredText.Read(kept) == text
                && !kept.Contains('\0')
                && new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.UTF8.GetBytes(kept)) == kept;
        });

    [Fact]
    public void Texts_without_such_characters_are_kept_as_they_are() => Assert.Equal("é 😀", StoredText.Kept("é 😀"));
}
