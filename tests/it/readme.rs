//! The README's list of commands is the command table's.

use frontdesk::discord::commands;
use frontdesk::domain::article::Language;

const BEGIN: &str = "<!-- commands: made from the command table; a test compares them -->\n";
const END: &str = "<!-- /commands -->";

#[test]
fn the_readme_invites_with_exactly_the_rights_that_set_up_asks_for() {
    let link = frontdesk::discord::invitation(serenity::all::ApplicationId::new(1));
    let (_, permissions) = link.split_once("permissions=").expect("the link names the permissions");
    assert!(include_str!("../../README.md").contains(&format!("permissions={permissions}`")), "{link}");
}

#[test]
fn the_readme_lists_the_commands_of_the_table() {
    let readme = include_str!("../../README.md");
    let listed = readme.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END));
    let (listed, _) = listed.expect("the README marks its list of commands");
    let table = commands::markdown(Language::En);
    assert_eq!(listed.trim(), table.trim(), "put this between the marks in README.md:\n{table}");
}
