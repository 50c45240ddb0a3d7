//! The table of routes.
//!
//! The table is the only list: dispatch, the journal, planned faults and rate limits all read it.

use super::{
    Reply, Request, applications, callback, channels, commands, follow_ups, guilds, messages, threads,
};
use crate::sandbox::{refusal::Refusal, world::World};

/// What answers a route.
pub(super) type Handler = fn(&mut World, &Request) -> Result<Reply, Refusal>;

/// One row of the table.
pub(super) struct RouteSpec {
    pub(super) route: Route,
    pub(super) method: &'static str,
    pub(super) pattern: &'static str,
    pub(super) act: Handler,
}

macro_rules! routes {
    ($($route:ident $method:ident $pattern:literal => $act:path;)*) => {
        /// The calls the sandbox knows, named for planning faults and limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Route {
            $(#[doc = concat!("`", stringify!($method), " ", $pattern, "`")] $route,)*
        }

        /// Every route.
        pub(super) const ROUTES: &[RouteSpec] = &[
            $(RouteSpec {
                route: Route::$route,
                method: stringify!($method),
                pattern: $pattern,
                act: $act,
            },)*
        ];
    };
}

routes! {
    Gateway GET "/gateway" => applications::gateway;
    GatewayBot GET "/gateway/bot" => applications::gateway_bot;
    CurrentUser GET "/users/@me" => applications::current_user;
    CurrentUserGuilds GET "/users/@me/guilds" => guilds::of_current_user;
    CreateDirectChannel POST "/users/@me/channels" => channels::open_direct;
    User GET "/users/{user}" => applications::user;
    CurrentApplication GET "/applications/@me" => applications::current_application;
    OAuthApplication GET "/oauth2/applications/@me" => applications::current_application;

    Guild GET "/guilds/{guild}" => guilds::get;
    GuildChannels GET "/guilds/{guild}/channels" => guilds::channels;
    GuildRoles GET "/guilds/{guild}/roles" => guilds::roles;
    GuildRoleMemberCounts GET "/guilds/{guild}/roles/member-counts" => guilds::role_member_counts;
    GuildRole GET "/guilds/{guild}/roles/{role}" => guilds::role;
    GuildMembers GET "/guilds/{guild}/members" => guilds::members;
    SearchMembers GET "/guilds/{guild}/members/search" => guilds::search_members;
    GuildMember GET "/guilds/{guild}/members/{user}" => guilds::member;
    ActiveThreads GET "/guilds/{guild}/threads/active" => threads::active;

    Channel GET "/channels/{channel}" => channels::get;
    EditChannel PATCH "/channels/{channel}" => channels::edit;
    DeleteChannel DELETE "/channels/{channel}" => channels::delete;
    Typing POST "/channels/{channel}/typing" => channels::typing;
    CreateThread POST "/channels/{channel}/threads" => threads::create;
    StartThreadFromMessage POST "/channels/{channel}/messages/{message}/threads" => threads::create_from_message;
    ArchivedPrivateThreads GET "/channels/{channel}/threads/archived/private" => threads::archived_private;
    ArchivedPublicThreads GET "/channels/{channel}/threads/archived/public" => threads::archived_public;
    JoinedArchivedThreads GET "/channels/{channel}/users/@me/threads/archived/private" => threads::archived_joined;
    ThreadMembers GET "/channels/{channel}/thread-members" => threads::members;
    JoinThread PUT "/channels/{channel}/thread-members/@me" => threads::join;
    LeaveThread DELETE "/channels/{channel}/thread-members/@me" => threads::leave;
    ThreadMember GET "/channels/{channel}/thread-members/{user}" => threads::member;
    AddThreadMember PUT "/channels/{channel}/thread-members/{user}" => threads::add_member;
    RemoveThreadMember DELETE "/channels/{channel}/thread-members/{user}" => threads::remove_member;

    Messages GET "/channels/{channel}/messages" => messages::list;
    CreateMessage POST "/channels/{channel}/messages" => messages::create;
    Message GET "/channels/{channel}/messages/{message}" => messages::get;
    EditMessage PATCH "/channels/{channel}/messages/{message}" => messages::edit;
    DeleteMessage DELETE "/channels/{channel}/messages/{message}" => messages::delete;
    PinMessage PUT "/channels/{channel}/messages/pins/{message}" => messages::pin;
    UnpinMessage DELETE "/channels/{channel}/messages/pins/{message}" => messages::unpin;
    PinMessageOld PUT "/channels/{channel}/pins/{message}" => messages::pin;
    UnpinMessageOld DELETE "/channels/{channel}/pins/{message}" => messages::unpin;

    Commands GET "/applications/{application}/commands" => commands::list;
    CreateCommand POST "/applications/{application}/commands" => commands::create;
    BulkCommands PUT "/applications/{application}/commands" => commands::overwrite;
    Command GET "/applications/{application}/commands/{command}" => commands::get;
    EditCommand PATCH "/applications/{application}/commands/{command}" => commands::edit;
    DeleteCommand DELETE "/applications/{application}/commands/{command}" => commands::delete;
    GuildCommands GET "/applications/{application}/guilds/{guild}/commands" => commands::list;
    CreateGuildCommand POST "/applications/{application}/guilds/{guild}/commands" => commands::create;
    BulkGuildCommands PUT "/applications/{application}/guilds/{guild}/commands" => commands::overwrite;
    GuildCommand GET "/applications/{application}/guilds/{guild}/commands/{command}" => commands::get;
    EditGuildCommand PATCH "/applications/{application}/guilds/{guild}/commands/{command}" => commands::edit;
    DeleteGuildCommand DELETE "/applications/{application}/guilds/{guild}/commands/{command}" => commands::delete;

    InteractionCallback POST "/interactions/{interaction}/{token}/callback" => callback::respond;
    CreateFollowUp POST "/webhooks/{application}/{token}" => follow_ups::create;
    Original GET "/webhooks/{application}/{token}/messages/@original" => follow_ups::get_original;
    EditOriginal PATCH "/webhooks/{application}/{token}/messages/@original" => follow_ups::edit_original;
    DeleteOriginal DELETE "/webhooks/{application}/{token}/messages/@original" => follow_ups::delete_original;
    FollowUp GET "/webhooks/{application}/{token}/messages/{message}" => follow_ups::get;
    EditFollowUp PATCH "/webhooks/{application}/{token}/messages/{message}" => follow_ups::edit;
    DeleteFollowUp DELETE "/webhooks/{application}/{token}/messages/{message}" => follow_ups::delete;
}

impl Route {
    /// Whether the route is called with an interaction's token instead of the bot's.
    pub(crate) fn has_own_token(self) -> bool {
        matches!(
            self,
            Self::InteractionCallback
                | Self::CreateFollowUp
                | Self::Original
                | Self::EditOriginal
                | Self::DeleteOriginal
                | Self::FollowUp
                | Self::EditFollowUp
                | Self::DeleteFollowUp
        )
    }

    /// Whether the bot's token is asked for.
    pub(crate) fn needs_token(self) -> bool {
        !self.has_own_token() && self != Self::Gateway
    }

    /// Whether a call counts against the global limit; interaction endpoints do not
    /// (Discord docs, interactions/receiving-and-responding: endpoints).
    pub(crate) fn is_globally_limited(self) -> bool {
        self.needs_token()
    }
}

/// What a method and path lead to.
pub(super) enum Found {
    Route(&'static RouteSpec, Vec<(&'static str, String)>),
    OtherMethod,
    Nothing,
}

/// Finds the route of a call; the path is without `/api/v10`.
pub(super) fn find(method: &str, path: &str) -> Found {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let mut other_method = false;
    for spec in ROUTES {
        let Some(params) = fits(spec.pattern, &parts) else { continue };
        if spec.method == method {
            return Found::Route(spec, params);
        }
        other_method = true;
    }
    if other_method { Found::OtherMethod } else { Found::Nothing }
}

fn fits(pattern: &'static str, parts: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let mut params = Vec::new();
    let mut count = 0;
    for (index, wanted) in pattern.trim_start_matches('/').split('/').enumerate() {
        let part = parts.get(index)?;
        let name = wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        match name {
            // `@me` and `@original` have rows of their own.
            Some(_) if part.starts_with('@') || part.is_empty() => return None,
            Some(name) => params.push((name, (*part).to_owned())),
            None if wanted == *part => {}
            None => return None,
        }
        count += 1;
    }
    (count == parts.len()).then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_finds_its_own_row() {
        for spec in ROUTES {
            let path = spec.pattern.replace(['{', '}'], "");
            let Found::Route(found, _) = find(spec.method, &path) else {
                panic!("{} not found", spec.pattern)
            };
            assert_eq!(found.pattern, spec.pattern);
        }
    }

    #[test]
    fn a_wrong_method_is_told_from_a_wrong_path() {
        assert!(matches!(find("PUT", "/gateway"), Found::OtherMethod));
        assert!(matches!(find("GET", "/gateways"), Found::Nothing));
    }
}
