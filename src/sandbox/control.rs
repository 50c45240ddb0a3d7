//! What tests do to a sandbox from outside: time, faults, looking at what was called.

use std::{sync::Arc, time::Duration};

use super::{
    Sandbox,
    faults::{CallWatch, Fault, FileTrouble, Moment, Verdict},
    gateway::{Outgoing, Withheld},
    people::{Guild, Person},
    rest::Route,
    world::{Call, Ping},
};

/// So long `bot_is_ready` waits.
const READY_PATIENCE: Duration = Duration::from_secs(20);

impl Sandbox {
    /// A new server; the bot is not in it until invited.
    pub fn create_guild(&self, name: &str) -> Guild {
        let id = self.change(|world| world.create_guild(name));
        Guild::new(self.clone(), id, name)
    }

    /// All servers.
    pub fn guilds(&self) -> Vec<Guild> {
        let known: Vec<(u64, String)> =
            self.read(|world| world.guilds.values().map(|guild| (guild.id, guild.name.clone())).collect());
        known.into_iter().map(|(id, name)| Guild::new(self.clone(), id, &name)).collect()
    }

    /// Everybody who was added to a server, owners left out.
    pub fn people(&self) -> Vec<Person> {
        let ids: Vec<u64> = self.read(|world| {
            let owners: Vec<u64> = world.guilds.values().map(|guild| guild.owner).collect();
            let people = world.users.values().filter(|user| !user.bot && !owners.contains(&user.id));
            people.map(|user| user.id).collect()
        });
        ids.into_iter().filter_map(|id| self.person(id)).collect()
    }

    /// The person with this id.
    pub fn person(&self, id: u64) -> Option<Person> {
        let name = self.read(|world| world.users.get(&id).map(|user| user.display_name().to_owned()))?;
        Some(Person::new(self.clone(), id, &name))
    }

    /// The sandbox's time in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.read(super::world::World::now_ms)
    }

    /// Pushes the time forward and does what falls due: interactions fail, threads are archived.
    pub fn advance(&self, by: Duration) {
        self.change(|world| {
            world.clock.skip(by);
            world.sweep();
        });
    }

    /// What was asked of the API, oldest first, as far as it is remembered.
    pub fn calls(&self) -> Vec<Call> {
        self.read(|world| world.journal.calls())
    }

    /// How many calls there ever were.
    pub fn call_count(&self) -> u64 {
        self.read(|world| world.journal.total())
    }

    /// Forgets the calls so far.
    pub fn forget_calls(&self) {
        self.change(|world| world.journal.clear());
    }

    /// Every notification of anybody, oldest first.
    pub fn pings(&self) -> Vec<Ping> {
        self.read(|world| world.pings.clone())
    }

    /// Waits until a session of the bot has been sent READY and its guilds.
    ///
    /// # Panics
    /// When none is after 20 seconds.
    pub async fn bot_is_ready(&self) {
        let mut changes = self.changes();
        let ready = async {
            while self.read(|world| world.hub.ready_sessions()) == 0 {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        let waited = tokio::time::timeout(READY_PATIENCE, ready).await;
        assert!(waited.is_ok(), "the bot did not get ready; it called {:#?}", self.calls());
    }

    /// How many sessions are connected and were sent READY.
    pub fn ready_sessions(&self) -> usize {
        self.read(|world| world.hub.ready_sessions())
    }

    /// How often clients identified, and how often they resumed.
    pub fn gateway_counts(&self) -> (u64, u64) {
        self.read(|world| world.hub.counts())
    }

    /// Plans a fault for the next so many calls of a route.
    pub fn plan(&self, route: Route, fault: Fault, times: u32) {
        self.change(|world| world.faults.plan(route, fault, times));
    }

    /// The next call of a route is refused, without effect.
    pub fn fail_next(&self, route: Route, status: u16, code: u64) {
        self.plan(route, Fault::Fail { status, code }, 1);
    }

    /// The next call of a route loses its connection before it has any effect.
    pub fn drop_before(&self, route: Route) {
        self.plan(route, Fault::DropBefore, 1);
    }

    /// The next call of a route has its effect and then loses its connection.
    pub fn drop_after(&self, route: Route) {
        self.plan(route, Fault::DropAfter, 1);
    }

    /// Something goes wrong with the next file that is fetched.
    pub fn spoil_next_file(&self, trouble: FileTrouble) {
        self.change(|world| world.faults.plan_file_trouble(trouble));
    }

    /// Has every call looked at from now on, before and after its effect: to do something at exactly that moment, such
    /// as ending the program that called, or to cut the call off.
    pub fn watch_calls(&self, watch: impl Fn(Route, Moment) -> Verdict + Send + Sync + 'static) {
        self.change(|world| world.faults.watch = Some(CallWatch(Arc::new(watch))));
    }

    /// Forgets planned faults; returns how many calls were still to go wrong.
    pub fn clear_faults(&self) -> u32 {
        self.change(|world| world.faults.clear())
    }

    /// Switches rate limits on or off.
    pub fn limit_rates(&self, on: bool) {
        self.change(|world| world.buckets.switch(on));
    }

    /// Sets a route's rate limit for each channel, guild or webhook.
    pub fn set_rate_limit(&self, route: Route, calls: u32, window: Duration) {
        let window_ms = u64::try_from(window.as_millis()).unwrap_or(u64::MAX);
        self.change(|world| world.buckets.set_limit(route, calls, window_ms));
    }

    /// Closes every gateway connection with a code, or cuts it without a word. Sessions may resume.
    pub fn disconnect_gateway(&self, code: Option<u16>) {
        let what = code.map_or(Outgoing::Cut, |code| Outgoing::Close(code, "planned fault"));
        self.change(|world| world.hub.tell_connections(&what));
    }

    /// Turns whoever identifies or resumes from now on away with this close code, as Discord does with a token, an intent
    /// or a shard that it does not accept (Discord docs, topics/opcodes-and-status-codes).
    pub fn turn_away(&self, code: u16) {
        self.change(|world| world.hub.turned_away_with = Some(code));
        self.disconnect_gateway(Some(code));
    }

    /// Asks every client to reconnect and resume (opcode 7).
    pub fn ask_to_reconnect(&self) {
        let frame = Outgoing::Frame(r#"{"t":null,"s":null,"op":7,"d":null}"#.into());
        self.change(|world| world.hub.tell_connections(&frame));
    }

    /// Forgets all sessions: whoever resumes is told to identify anew (opcode 9).
    pub fn forget_sessions(&self) {
        self.change(|world| world.hub.forget_all());
    }

    /// Makes the gateway deaf and dumb, or ends that: connections stay open, nothing comes any more.
    pub fn go_silent(&self, silent: bool) {
        self.change(|world| world.hub.silent = silent);
    }

    /// Makes the connections that there are deaf and dumb without closing them: zombies. New ones are as always.
    pub fn make_zombies(&self) {
        self.change(|world| world.hub.deafen());
    }

    /// Withholds events from the sessions that there are, with heartbeats answered as always. New ones get everything.
    pub fn withhold(&self, what: Withheld) {
        self.change(|world| world.hub.withhold(what));
    }

    /// How often the bot asked for members that it named.
    pub fn member_requests(&self) -> u64 {
        self.read(|world| world.hub.member_requests)
    }

    /// Recommends another number of shards to whoever asks from now on (Discord docs, events/gateway, "Get Gateway Bot").
    /// Sessions stay as they are.
    pub fn recommend_shards(&self, shards: u64) {
        self.change(|world| world.options.shards = shards);
    }

    /// Sends each of the next so many events only after the one that follows it.
    pub fn swap_events(&self, count: u32) {
        self.change(|world| world.hub.swap_next = count);
    }

    /// Sends each of the next so many events twice.
    pub fn duplicate_events(&self, count: u32) {
        self.change(|world| world.hub.duplicate_next = count);
    }
}
