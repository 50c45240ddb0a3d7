// What ids in texts are called, for one person's view.

import { say } from "./words.js";

export class Names {
  /** `app` follows the links: to a channel, or to a command in the composer. */
  constructor(view, app) {
    this.people = new Map(view.users.map((user) => [user.id, user]));
    this.ranks = new Map(view.roles.map((role) => [role.id, role]));
    this.places = new Map(view.channels.map((channel) => [channel.id, channel]));
    this.app = app;
  }

  user(id) {
    return this.people.get(id)?.name ?? say("unknownUser");
  }

  role(id) {
    return this.ranks.get(id)?.name ?? say("unknownRole");
  }

  /** A channel this person sees, with `thread` saying what it is; null for others. */
  channel(id) {
    const found = this.places.get(id);
    return found ? { name: found.name, thread: found.kind === "thread" } : null;
  }

  users() {
    return [...this.people.values()];
  }

  roles() {
    return [...this.ranks.values()];
  }

  channels() {
    return [...this.places.values()];
  }

  go(id) {
    this.app.open(id, { focus: true });
  }

  command(path) {
    this.app.composer()?.type(`/${path}`);
  }

  /** What a text's look depends on besides itself: the names of the ids in it. */
  signature(text) {
    const ids = [...(text ?? "").matchAll(/(\d{15,20})/g)].map((match) => match[1]);
    return ids.map((id) => this.people.get(id)?.name ?? this.ranks.get(id)?.name ?? this.places.get(id)?.name ?? "");
  }
}

/** A channel as people write it: with the sign for one of the server's, bare for threads and conversations. */
export function titleOf(channel) {
  return channel.kind === "text" ? `#${channel.name}` : channel.name;
}
