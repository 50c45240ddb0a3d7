//! The small bot the sandbox is tried with.

use std::sync::Arc;

use frontdesk::sandbox::Sandbox;
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ButtonStyle, ChannelType, Client, Command,
    CommandDataOptionValue, CommandOptionType, Context, CreateActionRow, CreateAllowedMentions,
    CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateModal,
    CreateThread, EditInteractionResponse, EventHandler, GatewayIntents, Guild, Http, HttpBuilder,
    InputTextStyle, Interaction, ModalInteraction, Ready, RoleId, ShardManager, UnavailableGuild,
};

use tokio::sync::watch;

/// A running bot.
pub(crate) struct Bot {
    shards: Arc<ShardManager>,
    /// Calls the API as the bot does.
    pub(crate) http: Arc<Http>,
    /// Whether the bot was told that it left a server.
    pub(crate) left: watch::Receiver<bool>,
    running: tokio::task::JoinHandle<()>,
}

struct Handler {
    agents: RoleId,
    left: watch::Sender<bool>,
}

impl Bot {
    /// Connects to the sandbox.
    pub(crate) async fn start(sandbox: &Sandbox, agents: u64) -> Self {
        crate::logs::watch();
        crate::logs::leave_out(sandbox.origin());
        let http =
            HttpBuilder::new(sandbox.token()).proxy(sandbox.origin()).ratelimiter_disabled(true).build();
        http.set_application_id(sandbox.application_id().into());
        let gateway = http.get_bot_gateway().await.unwrap();
        assert!(gateway.url.starts_with("ws://127.0.0.1:"), "{}", gateway.url);
        let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
        let (leaves, left) = watch::channel(false);
        let handler = Handler { agents: agents.into(), left: leaves };
        let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
            .event_handler(handler)
            .await
            .unwrap();
        let shards = client.shard_manager.clone();
        let http = client.http.clone();
        let running = tokio::spawn(async move { run(&mut client).await });
        Self { shards, http, left, running }
    }

    /// Disconnects.
    pub(crate) async fn stop(self) {
        self.shards.shutdown_all().await;
        self.running.abort();
    }
}

async fn run(client: &mut Client) {
    if let Err(error) = client.start().await {
        panic!("the bot stopped: {error}");
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, cx: Context, _: Ready) {
        let question = CreateCommandOption::new(CommandOptionType::String, "question", "What is it about?")
            .required(true)
            .set_autocomplete(true);
        let ask = CreateCommand::new("ask")
            .name_localized("de", "hilfe")
            .description("Ask the desk")
            .add_option(question);
        Command::set_global_commands(&cx, vec![ask]).await.unwrap();
    }

    async fn guild_delete(&self, _: Context, _: UnavailableGuild, _: Option<Guild>) {
        self.left.send_replace(true);
    }

    async fn interaction_create(&self, cx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => {
                let CommandDataOptionValue::String(question) = &command.data.options[0].value else {
                    panic!("not a text: {:?}", command.data.options);
                };
                let button = CreateButton::new("open").label("Open a ticket").style(ButtonStyle::Primary);
                let message = CreateInteractionResponseMessage::new()
                    .content(format!("You asked: {question}"))
                    .embed(CreateEmbed::new().title("Nothing found").description("Ask a person instead."))
                    .components(vec![CreateActionRow::Buttons(vec![button])])
                    .ephemeral(true);
                command.create_response(&cx, CreateInteractionResponse::Message(message)).await.unwrap();
            }
            Interaction::Autocomplete(typing) => {
                let typed = typing.data.autocomplete().unwrap().value;
                let choice = AutocompleteChoice::new(format!("{typed}…"), "x");
                let answer = CreateAutocompleteResponse::new().set_choices(vec![choice]);
                typing.create_response(&cx, CreateInteractionResponse::Autocomplete(answer)).await.unwrap();
            }
            Interaction::Component(press) if press.data.custom_id == "open" => {
                let modal = CreateModal::new("ticket", "Open a ticket").components(vec![
                    CreateActionRow::InputText(
                        CreateInputText::new(InputTextStyle::Short, "Subject", "subject").value("prefilled"),
                    ),
                    CreateActionRow::InputText(CreateInputText::new(
                        InputTextStyle::Paragraph,
                        "Details",
                        "details",
                    )),
                ]);
                press.create_response(&cx, CreateInteractionResponse::Modal(modal)).await.unwrap();
            }
            Interaction::Component(press) => {
                let button = CreateButton::new("claim").label("Claim").disabled(true);
                let message = CreateInteractionResponseMessage::new()
                    .content("Claimed.")
                    .components(vec![CreateActionRow::Buttons(vec![button])]);
                press.create_response(&cx, CreateInteractionResponse::UpdateMessage(message)).await.unwrap();
            }
            Interaction::Modal(modal) => self.open(&cx, &modal).await,
            other => panic!("unexpected interaction {other:?}"),
        }
    }
}

impl Handler {
    async fn open(&self, cx: &Context, modal: &ModalInteraction) {
        modal.defer_ephemeral(cx).await.unwrap();
        let texts: Vec<String> = modal
            .data
            .components
            .iter()
            .flat_map(|row| &row.components)
            .filter_map(|component| match component {
                ActionRowComponent::InputText(input) => input.value.clone(),
                _ => None,
            })
            .collect();
        let name = format!("#1 {}", texts[0]);
        let thread = CreateThread::new(name.clone()).kind(ChannelType::PrivateThread).invitable(false);
        let thread = modal.channel_id.create_thread(cx, thread).await.unwrap();
        cx.http.add_thread_channel_member(thread.id, modal.user.id).await.unwrap();
        let button = CreateButton::new("claim").label("Claim").style(ButtonStyle::Success);
        let card = CreateMessage::new()
            .embed(CreateEmbed::new().title(&name).field("Details", &texts[1], false))
            .components(vec![CreateActionRow::Buttons(vec![button])])
            .allowed_mentions(CreateAllowedMentions::new());
        thread.id.send_message(cx, card).await.unwrap();
        let ping = CreateMessage::new()
            .content(format!("<@&{}> a new ticket", self.agents))
            .allowed_mentions(CreateAllowedMentions::new().roles([self.agents]));
        modal.channel_id.send_message(cx, ping).await.unwrap();
        let done = EditInteractionResponse::new().content(format!("Your ticket: <#{}>", thread.id));
        modal.edit_response(cx, done).await.unwrap();
    }
}
