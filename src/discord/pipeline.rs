//! The one path of every interaction: who acts, in which server, with what roles now; then the handler; then the one
//! answer; then what may wait until after it.
//!
//! Discord forgets an interaction that is not answered within three seconds (Discord docs,
//! interactions/receiving-and-responding), so what may take longer is deferred first. Anything else is deferred once it
//! has taken so long, when very many act at once or the database is slow, and answered late. A person's mistake becomes
//! a sentence; a fault of ours becomes an incident id and one line in the log. An interaction that is over (another
//! process was faster, or it came too late) is dropped: whatever it changed is committed, and the outbox shows it.

mod respond;

use std::pin::pin;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use serde::Deserialize as _;
use serenity::builder::{AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse};
use serenity::model::Permissions;
use serenity::model::application::{
    CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Interaction, ModalInteraction,
};
use serenity::model::channel::{ChannelType, Message, MessageFlags, PartialChannel};
use serenity::model::guild::Member;
use serenity::model::id::{ApplicationId, InteractionId};
use tracing::Instrument as _;

use respond::Way;

use super::call::{Call, Filled, Place, Pressed};
use super::commands::{self, Invocation};
use super::custom_id::{CustomId, UnknownCustomId};
use super::incident::IncidentId;
use super::late::Answering;
use super::reply::{self, Answer, Failure, Mistake, Reply};
use super::rest;
use super::views::View;
use super::{Cx, presses};
use crate::desk::SetUp;
use crate::domain::actor::{Actor, Standing};
use crate::domain::article::Language;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::job::InteractionToken;
use crate::meter;
use crate::store::StoreError;
use crate::text;

/// What a handler may take before it is deferred, so that Discord hears of it within its three seconds.
const ANSWER_WITHIN: Duration = Duration::from_millis(2200);
/// After so long an answer comes too late, with some time for its way.
const ANSWERABLE: Duration = Duration::from_millis(2800);
/// What a deferred handler may take; the person sees that we are at it.
const DEFERRED_WITHIN: Duration = Duration::from_mins(1);
/// What a handler may take from then on.
const LATE_WITHIN: Duration = Duration::from_secs(30);

/// Answers one interaction, whatever it is. Never fails: what goes wrong is told to the person and logged here.
pub async fn handle(cx: &Cx, interaction: Interaction) {
    if !matches!(interaction, Interaction::Autocomplete(_)) && !cx.recent.is_new(interaction.id().get()) {
        tracing::debug!("an interaction came again");
        return;
    }
    let now = Instant::now();
    let waited = cx.delays.of(interaction.id().get(), now);
    if waited >= ANSWERABLE {
        meter::too_late();
        if cx.delays.is_worth_saying(now) {
            tracing::warn!(?waited, "interactions come too late to be answered; is the machine too busy?");
        }
        return;
    }
    let limit = ANSWER_WITHIN.min(ANSWERABLE.saturating_sub(waited));
    match interaction {
        Interaction::Command(command) => command_used(cx, &command, limit).await,
        Interaction::Autocomplete(typing) => being_typed(cx, &typing, limit).await,
        Interaction::Component(press) => pressed(cx, &press, limit).await,
        Interaction::Modal(form) => form_sent(cx, &form, limit).await,
        // A ping comes by HTTP only; serenity may learn of further kinds.
        _ => tracing::debug!("an interaction of a kind that the gateway does not send"),
    }
}

/// Answers an interaction that could not be decoded, from the few fields that every interaction has, so that nobody
/// waits for nothing.
pub(super) async fn apologise(cx: &Cx, interaction: &serde_json::Value) {
    #[derive(serde::Deserialize)]
    struct Undecoded {
        id: InteractionId,
        token: String,
        locale: Option<String>,
        guild_locale: Option<String>,
    }
    let Ok(undecoded) = Undecoded::deserialize(interaction) else { return };
    let language =
        language(undecoded.locale.as_deref().unwrap_or_default(), undecoded.guild_locale.as_deref());
    let message = View::text(reply::mistake(language, Mistake::Undecodable)).into_response_message();
    let response = CreateInteractionResponse::Message(message.ephemeral(true));
    if let Err(error) = cx.rest.answer(undecoded.id, &undecoded.token, &response).await {
        tracing::warn!(%error, "and its sender could not be told");
    }
}

/// What all kinds of interaction have.
struct Envelope<'a> {
    id: InteractionId,
    application: ApplicationId,
    token: &'a str,
    guild: Option<serenity::model::id::GuildId>,
    member: Option<&'a Member>,
    user: UserId,
    language: Language,
    place: Place,
    pressed: Option<Pressed>,
}

/// What the path has to do for a handler.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needs {
    /// Whether the handler asks for the server's desk, and the actor for what they are to it.
    pub(crate) set_up: bool,
    /// Whether it may take longer than Discord waits.
    pub(crate) deferred: bool,
}

/// What the person is to read, and what the interaction counts as.
struct Handled {
    answer: Answer,
    outcome: &'static str,
}

/// An answer and how it gets to Discord.
struct Given<'a> {
    handled: Handled,
    way: Way,
    /// Where the answer is late, so that the outbox waits for it.
    answering: Option<Answering<'a>>,
}

impl Given<'_> {
    const fn at_once(handled: Handled) -> Self {
        Self { handled, way: Way::Respond, answering: None }
    }
}

/// What is to be done, with what the person gave for it.
enum Work<'a> {
    Command(Option<Invocation<'a>>),
    Press(Result<CustomId, UnknownCustomId>, &'a [String]),
    Form(Result<CustomId, UnknownCustomId>, Filled<'a>),
}

impl Work<'_> {
    /// For logs.
    fn name(&self) -> String {
        match self {
            Self::Command(Some(invocation)) => invocation.name(),
            Self::Command(None) => "unknown command".to_owned(),
            Self::Press(Ok(id), _) | Self::Form(Ok(id), _) => id.action().to_owned(),
            Self::Press(Err(UnknownCustomId), _) => "unknown button".to_owned(),
            Self::Form(Err(UnknownCustomId), _) => "unknown form".to_owned(),
        }
    }

    fn needs(&self) -> Needs {
        match self {
            Self::Command(Some(invocation)) => invocation.needs(),
            Self::Press(Ok(id), _) | Self::Form(Ok(id), _) => presses::needs(*id),
            Self::Command(None) | Self::Press(Err(_), _) | Self::Form(Err(_), _) => Needs::default(),
        }
    }

    /// On the heap, each as large as it is: a handler with a ticket and what its desk promises holds much, and a question,
    /// which is what many wait with at the same time, little.
    async fn run(self, call: &Call<'_>) -> Reply {
        match self {
            Self::Command(Some(invocation)) => invocation.run(call).await,
            Self::Command(None) => Err(Mistake::UnknownCommand.into()),
            Self::Press(Ok(id), values) => Box::pin(presses::pressed(call, id, values)).await,
            Self::Form(Ok(id), filled) => Box::pin(presses::sent(call, id, &filled)).await,
            Self::Press(Err(UnknownCustomId), _) | Self::Form(Err(UnknownCustomId), _) => {
                Err(Mistake::UnknownButton.into())
            }
        }
    }
}

async fn command_used(cx: &Cx, command: &CommandInteraction, limit: Duration) {
    Envelope::of_command(command).serve(cx, Work::Command(commands::find(&command.data)), limit).await;
}

async fn pressed(cx: &Cx, press: &ComponentInteraction, limit: Duration) {
    let envelope = Envelope {
        id: press.id,
        application: press.application_id,
        token: &press.token,
        guild: press.guild_id,
        member: press.member.as_ref(),
        user: UserId::from_snowflake(press.user.id.get()),
        language: language(&press.locale, press.guild_locale.as_deref()),
        place: place(press.channel_id.get(), press.channel.as_ref()),
        pressed: Some(pressed_message(&press.message)),
    };
    let values: &[String] = match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    };
    envelope.serve(cx, Work::Press(press.data.custom_id.parse(), values), limit).await;
}

async fn form_sent(cx: &Cx, form: &ModalInteraction, limit: Duration) {
    let envelope = Envelope {
        id: form.id,
        application: form.application_id,
        token: &form.token,
        guild: form.guild_id,
        member: form.member.as_ref(),
        user: UserId::from_snowflake(form.user.id.get()),
        language: language(&form.locale, form.guild_locale.as_deref()),
        place: place(form.channel_id.get(), form.channel.as_ref()),
        pressed: form.message.as_deref().map(pressed_message),
    };
    envelope.serve(cx, Work::Form(form.data.custom_id.parse(), Filled::from_form(form)), limit).await;
}

/// Suggestions while somebody types. Whatever goes wrong, there are none; the command itself will say why.
async fn being_typed(cx: &Cx, typing: &CommandInteraction, limit: Duration) {
    let envelope = Envelope::of_command(typing);
    let Some(invocation) = commands::find(&typing.data) else { return };
    let choices = async {
        let needs = Needs { set_up: invocation.completes_from_set_up(), deferred: false };
        let call = envelope.call(cx, needs).await.ok()?;
        Some(invocation.complete(&call).await)
    };
    let choices = tokio::time::timeout(limit, choices).await.ok().flatten().unwrap_or_default();
    let choices = choices.into_iter().map(|(name, value)| AutocompleteChoice::new(name, value)).collect();
    let response =
        CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices));
    if let Err(fault) = envelope.respond(cx, &response).await {
        tracing::debug!(%fault, "suggestions came too late");
    }
}

impl<'a> Envelope<'a> {
    fn of_command(command: &'a CommandInteraction) -> Self {
        Self {
            id: command.id,
            application: command.application_id,
            token: &command.token,
            guild: command.guild_id,
            member: command.member.as_deref(),
            user: UserId::from_snowflake(command.user.id.get()),
            language: language(&command.locale, command.guild_locale.as_deref()),
            place: place(command.channel_id.get(), command.channel.as_ref()),
            pressed: None,
        }
    }

    /// From the handler, which may take so long, to its answer and what follows it.
    async fn serve(&self, cx: &Cx, work: Work<'_>, limit: Duration) {
        let (what, needs) = (work.name(), work.needs());
        let guild = self.guild.map(serenity::model::id::GuildId::get);
        let span = tracing::info_span!(
            "discord.interaction",
            what = what.as_str(),
            guild.id = guild,
            user.id = %self.user,
            ticket.id = tracing::field::Empty
        );
        async {
            let began = Instant::now();
            let given = if needs.deferred {
                self.after_deferral(cx, work, needs).await
            } else {
                self.in_time_or_late(cx, work, needs, limit).await
            };
            let Some(Given { handled: Handled { answer, outcome }, way, answering }) = given else { return };
            // An answer of the knowledge base leaves nothing to deliver, and is what most interactions are.
            let is_work = !matches!(answer, Answer::Asked(_));
            self.deliver(cx, way, answer).await;
            drop(answering);
            if is_work {
                cx.desk.ring();
            }
            meter::interaction(&what, outcome, began.elapsed());
            let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(duration_ms, "{what} is answered");
        }
        .instrument(span)
        .await;
    }

    /// Lets the person know that this takes a while, if this process is the one to act, and handles it. `None` when nobody
    /// waits for an answer from here.
    async fn after_deferral<'c>(&self, cx: &'c Cx, work: Work<'_>, needs: Needs) -> Option<Given<'c>> {
        match self.is_ours(cx, needs).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Given::at_once(self.failed(error.into()))),
        }
        if !self.defer(cx, Way::Fill).await {
            return None;
        }
        let handled = rest::patiently(self.handled(cx, work, needs));
        let handled = tokio::time::timeout(DEFERRED_WITHIN, handled).await;
        let handled = handled.unwrap_or_else(|_| self.failed(no_answer(DEFERRED_WITHIN)));
        Some(Given { handled, way: Way::Fill, answering: None })
    }

    /// Handles what is answered at once. What takes longer than `limit` is deferred and goes on meanwhile, since it may hold
    /// what others wait for. `None` when nobody waits for an answer from here.
    async fn in_time_or_late<'c>(
        &'c self,
        cx: &'c Cx,
        work: Work<'_>,
        needs: Needs,
        limit: Duration,
    ) -> Option<Given<'c>> {
        let mut handled = pin!(async {
            match self.is_ours(cx, needs).await {
                Ok(true) => Some(self.handled(cx, work, needs).await),
                Ok(false) => None,
                Err(error) => Some(self.failed(error.into())),
            }
        });
        if let Ok(handled) = tokio::time::timeout(limit, &mut handled).await {
            return handled.map(Given::at_once);
        }
        let Some(answering) = cx.late.begin(self.token) else {
            return Some(Given::at_once(self.failed(Mistake::Busy.into())));
        };
        let way = if self.pressed.is_some() { Way::Follow } else { Way::Fill };
        let (is_deferred, handled) =
            tokio::join!(self.defer(cx, way), tokio::time::timeout(LATE_WITHIN, handled));
        if !is_deferred {
            // Discord wants no answer any more; what was done stands.
            cx.desk.ring();
            return None;
        }
        let handled = match handled {
            Ok(Some(handled)) => handled,
            // Another process acts, and cannot answer after this one's deferral. What it does can be asked for again.
            Ok(None) => self.failed(Mistake::Late.into()),
            Err(_) => self.failed(no_answer(LATE_WITHIN)),
        };
        Some(Given { handled, way, answering: Some(answering) })
    }

    /// What the handler says, or what the person reads instead.
    async fn handled(&self, cx: &Cx, work: Work<'_>, needs: Needs) -> Handled {
        let call = match self.call(cx, needs).await {
            Ok(call) => call,
            Err(failure) => return self.failed(failure),
        };
        match work.run(&call).await {
            Ok(answer) => Handled { answer, outcome: "done" },
            Err(failure) => self.explained(failure, call.set_up.as_ref()),
        }
    }

    /// Whether this process acts on it. Where several processes may be told of an interaction, one does; what touches
    /// no ticket is settled by Discord, which takes one answer.
    async fn is_ours(&self, cx: &Cx, needs: Needs) -> Result<bool, StoreError> {
        if !needs.set_up {
            return Ok(true);
        }
        let id = self.id.get().cast_signed();
        let is_ours = cx.desk.store.take_interaction(id, cx.desk.clock.now()).await?;
        if !is_ours {
            tracing::debug!("another process acts on this interaction");
        }
        Ok(is_ours)
    }

    /// Who acts, from what Discord says about them in this interaction.
    async fn call<'c>(&'c self, cx: &'c Cx, needs: Needs) -> Result<Call<'c>, Failure> {
        let (Some(guild), Some(member)) = (self.guild, self.member) else {
            return Err(Mistake::OutsideServer.into());
        };
        let guild = GuildId::from_snowflake(guild.get());
        let set_up = if needs.set_up { cx.desk.set_up(guild).await? } else { None };
        cx.names.note(guild, self.user, member.display_name());
        Ok(Call {
            cx,
            actor: Actor {
                guild,
                user: self.user,
                name: member.display_name().to_owned(),
                language: self.language,
                standing: standing(member, set_up.as_ref()),
            },
            set_up,
            place: self.place,
            pressed: self.pressed,
            interaction: self.id,
            token: InteractionToken::new(self.token),
        })
    }

    /// A failure before anything was known of the server's desk.
    fn failed(&self, failure: Failure) -> Handled {
        self.explained(failure, None)
    }

    /// A failure as the person reads it.
    fn explained(&self, failure: Failure, set_up: Option<&SetUp>) -> Handled {
        let (outcome, line) = match failure {
            Failure::Refused(refusal) => {
                ("refused", reply::refusal(self.language, self.user, &refusal, set_up))
            }
            Failure::Mistaken(mistake) => ("mistaken", reply::mistake(self.language, mistake)),
            Failure::Internal(cause) => ("incident", self.incident(&cause)),
        };
        Handled { answer: Answer::Ephemeral(View::text(line)), outcome }
    }

    /// Logs a fault of ours, once, and gives the sentence with its id.
    fn incident(&self, cause: &anyhow::Error) -> String {
        let incident = IncidentId::random();
        meter::incident();
        let guild = self.guild.map(serenity::model::id::GuildId::get);
        tracing::error!(%incident, guild.id = guild, user.id = %self.user, "incident {incident}: {cause:#}");
        text::incident(self.language, incident.to_string())
    }
}

fn no_answer(within: Duration) -> Failure {
    Failure::Internal(anyhow!("no answer within {within:?}"))
}

fn standing(member: &Member, set_up: Option<&SetUp>) -> Standing {
    let permissions = member.permissions.unwrap_or_default();
    let manager = permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR);
    let Some(set_up) = set_up else { return Standing { manager, ..Standing::default() } };
    let roles: Vec<_> = member.roles.iter().map(|role| RoleId::from_snowflake(role.get())).collect();
    let user = UserId::from_snowflake(member.user.id.get());
    Standing {
        vip: set_up.people.vip.is_some_and(|role| roles.contains(&role)),
        ..Standing::of_member((user, &roles), manager, &set_up.settings, &set_up.specialisms)
    }
}

/// The person's own language, else the server's, else English.
fn language(locale: &str, guild_locale: Option<&str>) -> Language {
    Language::from_locale(locale)
        .or_else(|| guild_locale.and_then(Language::from_locale))
        .unwrap_or(Language::En)
}

fn place(channel: u64, known: Option<&PartialChannel>) -> Place {
    let is_thread = known.is_some_and(|channel| {
        matches!(
            channel.kind,
            ChannelType::PrivateThread | ChannelType::PublicThread | ChannelType::NewsThread
        )
    });
    Place { channel: ChannelId::from_snowflake(channel), is_thread }
}

fn pressed_message(message: &Message) -> Pressed {
    Pressed {
        message: MessageId::from_snowflake(message.id.get()),
        is_ephemeral: message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)),
    }
}
