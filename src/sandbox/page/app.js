// The page as a whole: whom one plays, which channel is open, and what follows from a new view.

import { Composer } from "./composer.js";
import { closeOpenMenu } from "./components.js";
import { el, icon, refresh, setText } from "./dom.js";
import { Hints } from "./hints.js";
import { keepTimesFresh } from "./markdown.js";
import { MessageMenu } from "./menu.js";
import { Log } from "./messages.js";
import { Modals } from "./modal.js";
import { Names, titleOf } from "./names.js";
import { act, fetchPeople, Live, Refused } from "./net.js";
import { ICON_OF, kindOf, nested, PeopleTabs, Sidebar } from "./sidebar.js";
import { language, say } from "./words.js";

const PEOPLE_RETRY_MS = 1500;

class App {
  constructor() {
    this.people = [];
    this.active = null;
    this.views = new Map();
    this.lives = new Map();
    this.chosen = new Map();
    this.composers = new Map();
    this.outcomes = new Map();
    this.lines = [];
    this.dismissed = new Set();
    this.log = new Log(this);
    this.menu = new MessageMenu(this);
    this.modals = new Modals(this);
    this.tabs = new PeopleTabs(this);
    this.sidebar = new Sidebar(this);
    this.hints = new Hints(this);
    this.furnish();
    this.listen();
  }

  furnish() {
    document.documentElement.lang = language;
    setText(document.getElementById("brand-name"), say("brand"));
    const toggle = document.getElementById("drawer-toggle");
    toggle.append(icon("menu"));
    toggle.setAttribute("aria-label", say("openMenu"));
    toggle.addEventListener("click", () => this.drawer(!document.body.classList.contains("drawer-open")));
    document.getElementById("jump").textContent = say("newMessages");
    document.getElementById("room").addEventListener("pointerdown", () => this.drawer(false));
  }

  listen() {
    document.addEventListener("keydown", (event) => this.shortcut(event));
    document.addEventListener("visibilitychange", () => this.watch());
    window.addEventListener("resize", () => this.closeMenus());
  }

  /** Asks who is there until somebody is, and begins with the first of them. */
  async start() {
    for (;;) {
      const people = await this.askPeople();
      if (people?.length) {
        this.setPeople(people);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PEOPLE_RETRY_MS));
    }
  }

  async askPeople() {
    try {
      const { people } = await fetchPeople();
      if (people.length === 0) this.notice(say("nobody"));
      return people;
    } catch {
      this.notice(say("offline"));
      return null;
    }
  }

  setPeople(people) {
    this.notice("");
    this.people = people;
    for (const person of people.filter(({ id }) => !this.lives.has(id))) {
      const live = new Live(person.id, { onView: (view) => this.received(person.id, view), onState: (up) => this.connection(up) });
      this.lives.set(person.id, live);
    }
    this.hints.update(people);
    if (this.active) this.render();
    else this.play(people[0].id);
  }

  // A sandbox that was started anew has other people; only a fresh page fits it.
  async connection(up) {
    this.notice(up ? "" : say("offline"));
    const people = await this.askPeople();
    if (!people?.length) return;
    const same = this.people.every((known) => people.some(({ id }) => id === known.id));
    if (!same) location.reload();
    else if (up && people.length > this.people.length) this.setPeople(people);
  }

  notice(text) {
    const node = document.getElementById("connection");
    setText(node, text);
    node.hidden = !text;
  }

  received(person, view) {
    const before = this.views.get(person);
    if (before && before.users.length !== view.users.length) this.connection(true);
    this.views.set(person, view);
    view.names = new Names(view, this);
    view.messages = view.messages.filter((message) => !this.dismissed.has(message.id));
    view.commands ??= [];
    // A view may have been on its way when another channel was opened; only a channel that is gone is given up.
    const kept = view.channels.some(({ id }) => id === this.chosen.get(person));
    if (view.channel && !kept) this.chosen.set(person, view.channel.id);
    this.settle(view);
    this.render();
  }

  // A message that has changed since shows its own state again.
  settle(view) {
    for (const message of view.messages) {
      const key = `${view.person.id}:${message.id}`;
      const outcome = this.outcomes.get(key);
      if (outcome && !outcome.pending && outcome.look !== lookOf(message)) this.outcomes.delete(key);
    }
  }

  get view() {
    return this.views.get(this.active);
  }

  render() {
    this.tabs.update(this.people, this.active, this.views);
    const { view } = this;
    if (view) {
      this.sidebar.update(view);
      if (view.channel) this.renderRoom(view);
    }
    this.modals.update(this.active, this.views);
    closeOpenMenu({ orphanedOnly: true });
  }

  renderRoom(view) {
    const { channel } = view;
    const place = `${this.active}:${channel.id}`;
    refresh(document.getElementById("room-head"), [channel.id, channel.name, channel.topic, channel.kind, channel.private], () => roomHead(channel, this));
    this.log.update(place, view, this.lines.filter((line) => line.place === place));
    const composer = this.composer();
    composer.update(view);
    const area = document.getElementById("composer-area");
    if (area.firstElementChild !== composer.node) {
      const focused = area.contains(document.activeElement);
      area.replaceChildren(composer.node);
      composer.grow();
      if (focused || this.wantsFocus) composer.focus();
    }
    this.wantsFocus = false;
    document.title = `${titleOf(channel)} · ${view.person.name} · ${say("brand")}`;
  }

  /** The composer of the open channel, made when first needed. */
  composer() {
    const channel = this.view?.channel;
    if (!channel) return null;
    const place = `${this.active}:${channel.id}`;
    if (!this.composers.has(place)) this.composers.set(place, new Composer(this, this.active, channel.id));
    return this.composers.get(place);
  }

  focusComposer() {
    this.composer()?.focus();
  }

  complain(sentence) {
    this.composer()?.complain(sentence);
  }

  /** Becomes that person. */
  play(person, { focus = true } = {}) {
    this.active = person;
    this.wantsFocus = focus;
    this.closeMenus();
    this.watch();
    this.render();
    if (focus && !document.querySelector("dialog[open]")) this.focusComposer();
  }

  /** Opens a channel or thread for the active person. */
  open(channel, { focus = false } = {}) {
    this.drawer(false);
    this.chosen.set(this.active, channel);
    this.wantsFocus = focus;
    this.watch();
    if (this.view?.channel?.id === channel && focus) this.focusComposer();
  }

  // Tells every live connection what is open, and whether somebody is looking.
  watch() {
    for (const [person, live] of this.lives) {
      const looking = person === this.active && !document.hidden;
      live.watch(this.chosen.get(person) ?? null, looking);
    }
  }

  outcome(message) {
    return this.outcomes.get(`${this.active}:${message}`);
  }

  /** Presses a button or chooses from a menu; the message shows how it went. */
  async component(message, customId, action, body) {
    const person = this.active;
    const look = this.lookAt(person, message);
    const chosen = body.values ? { customId, values: body.values } : null;
    const key = `${person}:${message}`;
    this.outcomes.set(key, { pending: customId, chosen });
    this.render();
    const outcome = await this.tried(person, action, body, chosen);
    if (outcome && look === this.lookAt(person, message)) this.outcomes.set(key, { ...outcome, look });
    else this.outcomes.delete(key);
    this.render();
  }

  // A failure is told under the message; a choice that went through stays visible there.
  async tried(person, action, body, chosen) {
    try {
      const reaction = await act(person, action, body);
      return reaction.kind === "failed" ? { failed: { why: reaction.why } } : chosen && { chosen };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.complain(error.message);
      return null;
    }
  }

  lookAt(person, message) {
    const shown = this.views.get(person)?.messages.find(({ id }) => id === message);
    return shown && lookOf(shown);
  }

  /** What came of a command or a form; only a failure needs a line of its own. */
  reacted(person, reaction, channel = this.chosen.get(person)) {
    if (reaction.kind !== "failed") return;
    this.lineCount = (this.lineCount ?? 0) + 1;
    this.lines.push({ id: this.lineCount, place: `${person}:${channel}`, text: say("failed"), why: reaction.why });
    this.render();
  }

  forgetLine(id) {
    this.lines = this.lines.filter((line) => line.id !== id);
    this.render();
    this.focusComposer();
  }

  dismissMessage(id) {
    this.dismissed.add(id);
    this.view.messages = this.view.messages.filter((message) => message.id !== id);
    this.render();
    this.focusComposer();
    // The sandbox forgets it as well, so that it stays away when the page is loaded again.
    this.deleteMessage(id);
  }

  async useOnMessage(command, message) {
    await this.attempt(async (person) => {
      this.reacted(person, await act(person, "message-command", { command: command.path, message }));
    });
  }

  async deleteMessage(message) {
    await this.attempt((person) => act(person, "delete", { message }));
  }

  async leaveThread(channel) {
    await this.attempt((person) => act(person, "leave", { channel }));
  }

  async attempt(work) {
    try {
      await work(this.active);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.complain(error.message);
    }
  }

  closeMenus() {
    closeOpenMenu();
    this.menu?.close(false);
  }

  drawer(open) {
    document.body.classList.toggle("drawer-open", open);
    document.getElementById("drawer-toggle").setAttribute("aria-expanded", String(open));
  }

  shortcut(event) {
    if (event.key === "Escape") this.drawer(false);
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const person = /^Digit[1-9]$/.test(event.code) ? this.people[Number(event.code.slice(5)) - 1] : null;
    if (person) {
      event.preventDefault();
      this.play(person.id);
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      this.step(event.key === "ArrowUp" ? -1 : 1);
    }
  }

  step(by) {
    if (!this.view) return;
    const order = nested(this.view.channels);
    const at = order.findIndex(({ id }) => id === this.view.channel?.id);
    if (order.length) this.open(order[(at + by + order.length) % order.length].id, { focus: true });
  }
}

function lookOf(message) {
  return JSON.stringify([message.content, message.embeds, message.rows]);
}

function roomHead(channel, app) {
  const thread = channel.kind === "thread";
  const kind = kindOf(channel);
  return [
    el("span", { class: "room-icon" }, icon(ICON_OF[channel.kind])),
    el("h1", { class: "room-name" }, channel.name),
    kind ? el("span", { class: "room-kind" }, kind) : null,
    channel.topic ? el("span", { class: "room-topic", title: channel.topic }, channel.topic) : null,
    thread ? el("button", { type: "button", class: "ghost-button leave", onclick: () => app.leaveThread(channel.id) }, say("leaveThread")) : null,
  ];
}

keepTimesFresh();
new App().start();
