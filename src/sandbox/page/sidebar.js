// The tabs of the people, the server, its channels with the threads below them.

import { avatar, el, icon, initials, reconcile, refresh, setText } from "./dom.js";
import { testName } from "./listbox.js";
import { say } from "./words.js";

/** The drawing for each kind of channel. */
export const ICON_OF = { text: "hash", thread: "thread", direct: "mail" };

/** What a channel is, in words, where that needs saying. */
export function kindOf(channel) {
  if (channel.kind === "direct") return say("directMessage");
  return channel.kind === "thread" ? say(channel.private ? "privateThread" : "thread") : "";
}

/** The switch between the people, with what waits for each of them. */
export class PeopleTabs {
  constructor(app) {
    this.app = app;
    this.node = document.getElementById("people");
    this.node.setAttribute("aria-label", say("peopleLabel"));
    this.node.addEventListener("keydown", (event) => this.key(event));
  }

  update(people, active, views) {
    document.getElementById("shell").setAttribute("aria-labelledby", `tab-${active}`);
    const numbered = people.map((person, index) => ({ person, number: index + 1 }));
    const create = ({ person, number }) =>
      el(
        "button",
        { type: "button", role: "tab", id: `tab-${person.id}`, class: "person", "aria-controls": "shell", "aria-keyshortcuts": `Alt+${number}`, "data-testid": `person-${testName(person.name)}`, onclick: () => this.app.play(person.id) },
        avatar(person.name, "small"),
        el("span", { class: "person-text" }, el("span", { class: "person-name" }, person.name), el("span", { class: "person-role" }, person.role || say("member"))),
        el("span", { class: "person-badge" }),
      );
    reconcile(this.node, numbered, ({ person }) => person.id, create, (node, { person, number }) => this.mark(node, person, number, active, views.get(person.id)));
  }

  mark(node, person, number, active, view) {
    const mine = person.id === active;
    node.setAttribute("aria-selected", String(mine));
    node.tabIndex = mine ? 0 : -1;
    const counts = waiting(view?.channels ?? []);
    const name = say("personTab", { name: person.name, role: person.role || say("member"), number });
    node.setAttribute("aria-label", [name, spoken(counts)].filter(Boolean).join(", "));
    badge(node.querySelector(".person-badge"), mine ? { unread: 0, mentions: 0 } : counts);
  }

  key(event) {
    const tabs = [...this.node.children];
    const at = tabs.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined || at < 0 || event.altKey) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    this.app.play(this.app.people[tabs.indexOf(tab)].id, { focus: false });
    tab.focus();
  }
}

function waiting(channels) {
  return channels.reduce((sum, channel) => ({ unread: sum.unread + channel.unread, mentions: sum.mentions + channel.mentions }), { unread: 0, mentions: 0 });
}

function spoken({ unread, mentions }) {
  return [mentions ? say("mentions", { count: mentions }) : "", unread ? say("unread", { count: unread }) : ""].filter(Boolean).join(", ");
}

// Mentions are red and come first; anything else unread is quiet.
function badge(node, { unread, mentions }) {
  const count = mentions || unread;
  setText(node, count ? (count > 99 ? "99+" : String(count)) : "");
  node.className = `${node.className.split(" ")[0]} badge-count ${mentions ? "loud" : "quiet"}`;
  node.hidden = !count;
}

/** The left side: servers, channels, threads, and who one is. */
export class Sidebar {
  constructor(app) {
    this.app = app;
    this.channels = document.getElementById("channels");
    this.servers = document.getElementById("servers");
    this.channels.setAttribute("aria-label", say("channelsLabel"));
  }

  update(view) {
    const guild = view.guilds.find(({ id }) => id === view.channel?.guild) ?? view.guilds[0];
    setText(document.getElementById("server-name"), guild?.name ?? "");
    reconcile(this.servers, view.guilds, ({ id }) => id, (item) => this.server(item), (node, item) => node.classList.toggle("current", item.id === guild?.id));
    this.list(view, guild);
    refresh(document.getElementById("self"), view.person, () => self(view.person));
  }

  server(guild) {
    const first = () => this.app.view.channels.find((channel) => channel.guild === guild.id && channel.kind === "text");
    return el("button", { type: "button", class: "server", "aria-label": guild.name, title: guild.name, onclick: () => first() && this.app.open(first().id) }, initials(guild.name));
  }

  list(view, guild) {
    const here = view.channels.filter((channel) => channel.kind !== "other" && (channel.guild === guild?.id || !channel.guild));
    const ordered = nested(here);
    if (ordered.length === 0) {
      refresh(this.channels, "none", () => [el("p", { class: "quiet-note" }, say("channelNone", { name: view.person.name }))]);
      return;
    }
    reconcile(this.channels, ordered, ({ id }) => id, (channel) => this.row(channel), (node, channel) => this.mark(node, channel, channel.id === view.channel?.id));
  }

  row(channel) {
    const thread = channel.kind === "thread";
    return el(
      "button",
      { type: "button", class: thread ? "channel thread" : "channel", "data-testid": `${thread ? "thread" : "channel"}-${testName(channel.name)}`, "data-channel": channel.id, onclick: () => this.app.open(channel.id, { focus: true }) },
      el("span", { class: "channel-icon" }, icon(ICON_OF[channel.kind])),
      el("span", { class: "channel-name" }, channel.name),
      el("span", { class: "channel-lock" }, icon("lock")),
      el("span", { class: "channel-badge" }),
    );
  }

  mark(node, channel, current) {
    setText(node.querySelector(".channel-name"), channel.name);
    if (current) node.setAttribute("aria-current", "page");
    else node.removeAttribute("aria-current");
    node.classList.toggle("unread", channel.unread > 0 && !current);
    node.classList.toggle("archived", channel.archived);
    node.querySelector(".channel-lock").hidden = !channel.locked;
    badge(node.querySelector(".channel-badge"), current ? { unread: 0, mentions: 0 } : channel);
    const kind = kindOf(channel);
    const parts = [channel.name, kind, channel.archived ? say("threadArchived") : "", current ? "" : spoken(channel)];
    node.setAttribute("aria-label", parts.filter(Boolean).join(", "));
    node.title = parts.slice(0, 3).filter(Boolean).join(", ");
  }
}

/** Channels in order, each followed by its threads: open ones first, the newest on top. */
export function nested(channels) {
  const roots = channels.filter((channel) => channel.kind !== "thread" && channel.kind !== "other");
  const known = new Set(roots.map(({ id }) => id));
  const byAge = (a, b) => Number(a.archived) - Number(b.archived) || (BigInt(b.id) > BigInt(a.id) ? 1 : -1);
  const threads = channels.filter((channel) => channel.kind === "thread").sort(byAge);
  const strays = threads.filter((thread) => !known.has(thread.parent));
  return [...roots.flatMap((root) => [root, ...threads.filter((thread) => thread.parent === root.id)]), ...strays];
}

function self(person) {
  const roles = person.roles.join(", ") || say("member");
  return [avatar(person.name, "small"), el("span", { class: "person-text" }, el("span", { class: "person-name" }, person.name), el("span", { class: "person-role", title: roles }, roles))];
}
