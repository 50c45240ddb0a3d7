// `@name` and `#channel` while writing a message.
//
// In the field stands the name, as people read it; the id takes its place when
// the message is sent.

import { say } from "./words.js";

const MOST_ENTRIES = 10;

/** The half-written mention before the caret: its place, its sign and what was typed, or null. */
export function tokenAt(text, caret) {
  const found = /(?:^|\s)([@#])([^\s@#]{0,32})$/u.exec(text.slice(0, caret));
  return found ? { start: caret - found[2].length - 1, sign: found[1], typed: found[2].toLowerCase() } : null;
}

/** What can be mentioned with that sign and beginning. */
export function candidates(token, names) {
  const all = token.sign === "@" ? [...people(names), ...roles(names)] : channels(names);
  return all.filter((entry) => entry.label.slice(1).toLowerCase().includes(token.typed)).slice(0, MOST_ENTRIES);
}

function people(names) {
  return names.users().map((user) => ({ label: `@${user.name}`, code: `<@${user.id}>`, note: user.bot ? say("app") : user.role }));
}

function roles(names) {
  return names.roles().map((role) => ({ label: `@${role.name}`, code: `<@&${role.id}>`, note: "" }));
}

function channels(names) {
  return names.channels().map((channel) => ({ label: `#${channel.name}`, code: `<#${channel.id}>`, note: "" }));
}

/** The text as it is sent: every mention that was picked, as its code. The longest names go first. */
export function encoded(text, picked) {
  const entries = [...picked].sort(([a], [b]) => b.length - a.length);
  return entries.reduce((result, [label, code]) => result.replaceAll(label, code), text);
}
