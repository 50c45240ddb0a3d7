//! What the admin reads about the desk: what is missing and where, and what was given up.

use serenity::model::Colour;
use serenity::model::application::ButtonStyle;

use super::frame::{Frame, fit};
use super::markdown::{cut, escape_one_line};
use super::{View, button, row, words};
use crate::desk::SetUp;
use crate::discord::custom_id::{CustomId, GivenUpPress};
use crate::discord::set_up_check::{Finding, Right, Severity, TranscriptCheck, What};
use crate::domain::article::Language;
use crate::domain::job::Job;
use crate::domain::remedy::Remedy;
use crate::store::Dead;
use crate::text;

const GOOD: Colour = Colour::new(0x002E_CC71);
const BAD: Colour = Colour::new(0x00C0_392B);
const ERROR_MAX: usize = 150;

/// Nothing was saved, and why.
pub(crate) fn refused(language: Language, findings: &[Finding], kept: bool) -> View {
    let after = if kept { text::set_up_kept(language) } else { text::set_up_try_again(language) };
    let frame = Frame::new(BAD)
        .title(text::set_up_refused_title(language))
        .description(format!("{}\n\n{after}", lines(language, findings, Severity::Missing)))
        .field(text::set_up_warnings(language), warnings(language, findings));
    View { embeds: fit([frame]), ..View::default() }
}

/// The desk is saved, and what to do next.
pub(crate) fn saved(language: Language, set_up: &SetUp, findings: &[Finding]) -> View {
    let settings = &set_up.settings;
    let frame = Frame::new(GOOD)
        .title(text::set_up_saved_title(language))
        .description(text::set_up_saved(
            language,
            words::channel(settings.support_channel),
            words::channel(settings.queue_channel),
            words::role(settings.first_level),
            words::role(settings.second_level),
        ))
        .field(text::set_up_warnings(language), warnings(language, findings));
    View { embeds: fit([frame]), ..View::default() }
}

/// How the desk stands.
pub(crate) fn checked(
    language: Language,
    findings: &[Finding],
    dead: &[Dead],
    transcripts: TranscriptCheck,
) -> View {
    let is_missing = findings.iter().any(|finding| finding.severity == Severity::Missing);
    let (colour, line) = if is_missing {
        (BAD, lines(language, findings, Severity::Missing))
    } else {
        (GOOD, text::check_good(language))
    };
    let given_up: Vec<_> = dead.iter().map(|dead| given_up(language, dead)).collect();
    let rows = dead.iter().map(|dead| dead.job.id).max().map(|newest| {
        let id = |press| CustomId::GivenUp { press, newest };
        row(vec![
            button(id(GivenUpPress::TryAgain), ButtonStyle::Primary, text::button_try_again(language)),
            button(id(GivenUpPress::Discard), ButtonStyle::Secondary, text::button_let_go(language)),
        ])
    });
    let frame = Frame::new(colour)
        .title(text::check_title(language))
        .description(line)
        .field(text::set_up_warnings(language), warnings(language, findings))
        .field(text::check_transcripts(language), Some(transcript_line(language, transcripts)))
        .field(text::check_given_up(language), (!given_up.is_empty()).then(|| given_up.join("\n")));
    View { embeds: fit([frame]), rows: rows.unwrap_or_default(), ..View::default() }
}

fn transcript_line(language: Language, check: TranscriptCheck) -> String {
    match check {
        TranscriptCheck::Story => text::check_transcripts_story(language),
        TranscriptCheck::Messages => text::check_transcripts_messages(language),
        TranscriptCheck::Hidden => text::check_transcripts_hidden(language),
    }
}

fn warnings(language: Language, findings: &[Finding]) -> Option<String> {
    let warnings = lines(language, findings, Severity::Warning);
    (!warnings.is_empty()).then_some(warnings)
}

fn lines(language: Language, findings: &[Finding], severity: Severity) -> String {
    let lines = findings.iter().filter(|finding| finding.severity == severity);
    lines.map(|finding| format!("- {}", finding_line(language, finding))).collect::<Vec<_>>().join("\n")
}

/// One finding, with what to do about it.
pub(crate) fn finding_line(language: Language, finding: &Finding) -> String {
    let place = finding.channel.map(words::channel).unwrap_or_default();
    match finding.what {
        What::ChannelGone => text::finding_channel_gone(language, place),
        What::NotATextChannel => text::finding_not_a_text_channel(language, place),
        What::SameChannel => text::finding_same_channel(language, place),
        What::RoleGone(role) => text::finding_role_gone(language, role.to_string()),
        What::EveryoneIsStaff => text::finding_everyone_is_staff(language),
        What::ManagedRole(role) => text::finding_managed_role(language, words::role(role)),
        What::CannotMention(role) => text::finding_cannot_mention(language, words::role(role), place),
        What::BotLacks(right) => text::finding_bot_lacks(language, self::right(language, right), place),
        What::RoleLacks(role, right) => {
            text::finding_role_lacks(language, words::role(role), self::right(language, right), place)
        }
        What::VisibleToEveryone => text::finding_visible_to_everyone(language, place),
        What::EveryoneLacks(right) => {
            text::finding_everyone_lacks(language, self::right(language, right), place)
        }
    }
}

/// A right as Discord's own settings name it.
fn right(language: Language, right: Right) -> String {
    match right {
        Right::View => text::right_view(language),
        Right::Send => text::right_send(language),
        Right::CreatePrivateThreads => text::right_create_private_threads(language),
        Right::SendInThreads => text::right_send_in_threads(language),
        Right::ManageThreads => text::right_manage_threads(language),
        Right::ReadHistory => text::right_read_history(language),
        Right::EmbedLinks => text::right_embed_links(language),
        Right::AttachFiles => text::right_attach_files(language),
        Right::UseCommands => text::right_use_commands(language),
    }
}

fn given_up(language: Language, dead: &Dead) -> String {
    let what = job_name(language, &dead.job.job);
    let error = cut(&escape_one_line(&dead.error), ERROR_MAX);
    let number = dead.number.map(|number| format!("#{number} · ")).unwrap_or_default();
    let remedy = remedy(language, &dead.error);
    format!("- {number}{what} · {} · {error}\n  {remedy}", words::relative(dead.job.queued_at))
}

/// What an admin can do about a delivery that ended with this error.
pub(crate) fn remedy(language: Language, error: &str) -> String {
    match Remedy::of(error) {
        Remedy::Grant => text::remedy_grant(language),
        Remedy::Discard => text::remedy_discard(language),
        Remedy::MakeRoom => text::remedy_make_room(language),
        Remedy::TryAgain => text::remedy_try_again(language),
        Remedy::Report => text::remedy_report(language),
    }
}

/// What a delivery was to do.
pub(crate) fn job_name(language: Language, job: &Job) -> String {
    match job {
        Job::CreateThread => text::job_create_thread(language),
        Job::AddMember { .. } => text::job_add_member(language),
        Job::RemoveMember { .. } => text::job_remove_member(language),
        Job::CloseStray { .. } => text::job_close_stray(language),
        Job::PostThreadCard | Job::PostQueueCard => text::job_post_card(language),
        Job::PostFile { .. } | Job::RemoveFile { .. } => text::job_file(language),
        Job::LinkThread { .. } => text::job_link_thread(language),
        Job::UpdateCards | Job::UpdateQueueCard | Job::ClearThreadName => text::job_update_cards(language),
        Job::PostEscalation { .. } | Job::UpdateEscalation { .. } => text::job_escalation(language),
        Job::Call { .. } => text::job_call(language),
        Job::NotifyProvider { .. } => text::job_notify_provider(language),
        Job::Say { .. } => text::job_say(language),
        Job::EndSilence => text::job_end_silence(language),
        Job::CloseThread => text::job_close_thread(language),
        Job::OpenThread => text::job_open_thread(language),
        Job::PostClosingNote => text::job_closing_note(language),
        Job::ShowReview => text::job_review(language),
        Job::TellAuthor => text::job_tell_author(language),
        Job::RemindOfReview { .. } => text::job_remind_of_review(language),
        Job::PostTranscript => text::job_transcript(language),
        Job::PostProposal { .. }
        | Job::UpdateProposal { .. }
        | Job::PostIncidentCard { .. }
        | Job::UpdateIncidentCard { .. }
        | Job::PostIncidentNote { .. } => text::job_incident(language),
        Job::PostReport { .. } => text::job_report(language),
        Job::PostPracticeCard
        | Job::UpdatePracticeCard
        | Job::RemindOfPractice { .. }
        | Job::SayInPractice { .. } => text::job_practice(language),
    }
}
