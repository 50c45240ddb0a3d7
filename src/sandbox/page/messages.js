// The message list of the open channel.
//
// A message keeps its element for as long as it is there; each part of it is
// rebuilt only when that part has changed. The list stays at its end when it
// was there, and otherwise stays where the reader is.

import { avatar, el, icon, reconcile, refresh, timeOf } from "./dom.js";
import { attachment, embed } from "./embeds.js";
import { rows } from "./components.js";
import { markdown } from "./markdown.js";
import { titleOf } from "./names.js";
import { locale, say } from "./words.js";

const SAME_BLOCK_MS = 7 * 60 * 1000;
const AT_END_PX = 48;

export class Log {
  constructor(app) {
    this.app = app;
    this.node = document.getElementById("log");
    this.jump = document.getElementById("jump");
    this.place = null;
    this.atEnd = true;
    this.places = new Map();
    this.node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("load", () => this.atEnd && this.toEnd(), { capture: true });
    this.node.addEventListener("keydown", (event) => this.key(event));
    this.jump.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.node);
  }

  /** Shows these messages of that place (a person's channel); `local` are the page's own lines. */
  update(place, view, local) {
    const moved = place !== this.place;
    if (moved) this.leave(place);
    const { channel } = view;
    this.node.setAttribute("aria-label", say("logLabel", { channel: titleOf(channel) }));
    const items = arranged(view.messages, local);
    if (items.length === 0) items.push({ key: "empty", kind: "empty" });
    const last = this.node.lastElementChild?.dataset.key;
    const context = { app: this.app, names: view.names, channel };
    reconcile(this.node, items, (item) => item.key, (item) => create(item, context), (node, item) => update(node, item, context));
    this.rove();
    if (moved) this.arrive();
    else if (this.atEnd) this.toEnd();
    else if (items.at(-1).key !== last) this.jump.hidden = false;
  }

  leave(place) {
    if (this.place) this.places.set(this.place, { atEnd: this.atEnd, top: this.node.scrollTop });
    this.place = place;
    this.node.setAttribute("aria-live", "off");
    this.node.replaceChildren();
  }

  arrive() {
    const before = this.places.get(this.place);
    this.atEnd = before?.atEnd ?? true;
    this.jump.hidden = true;
    if (this.atEnd) this.toEnd();
    else this.node.scrollTop = before.top;
    // What was already there is not read out, only what comes from now on.
    requestAnimationFrame(() => this.node.setAttribute("aria-live", "polite"));
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.atEnd = true;
    this.jump.hidden = true;
  }

  // A scroll that comes from a changed size is not the reader's: who was at the end stays there.
  scrolled() {
    const size = `${this.node.clientHeight}/${this.node.scrollHeight}`;
    const resized = size !== this.size;
    this.size = size;
    if (resized && this.atEnd) {
      this.toEnd();
      return;
    }
    this.atEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < AT_END_PX;
    if (this.atEnd) this.jump.hidden = true;
    this.app.closeMenus();
  }

  // One message is in the tab order; the arrow keys go from message to message.
  rove() {
    const messages = [...this.node.querySelectorAll(".message")];
    if (!messages.some((node) => node.tabIndex === 0) && messages.length) messages.at(-1).tabIndex = 0;
  }

  key(event) {
    const current = event.target;
    if (!current.classList.contains("message") || event.altKey) return;
    const messages = [...this.node.querySelectorAll(".message")];
    const at = messages.indexOf(current);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const node = messages[Math.max(0, Math.min(next, messages.length - 1))];
      current.tabIndex = -1;
      node.tabIndex = 0;
      node.focus();
    } else if (event.key === "Enter" || event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      current.querySelector(".message-tools button")?.click();
    }
  }
}

// Puts days between messages, and marks those that begin a block of one author.
function arranged(messages, local) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const at = timeOf(message.id);
    const day = new Date(at).toDateString();
    if (!before || before.day !== day) items.push({ key: `day-${day}`, kind: "day", at });
    items.push({ key: message.id, kind: "message", message, at, head: !follows(message, at, before) });
    before = { day, at, author: message.author.id, ephemeral: message.ephemeral, system: message.system };
  }
  return [...items, ...local.map((line) => ({ key: `local-${line.id}`, kind: "local", line }))];
}

// Whether a message needs no heading of its own: the author's last words are right above it.
function follows(message, at, before) {
  if (message.system) return true;
  if (!before || before.author !== message.author.id || before.system) return false;
  if (message.command || message.reply || message.ephemeral || before.ephemeral) return false;
  return before.day === new Date(at).toDateString() && at - before.at < SAME_BLOCK_MS;
}

function create(item, context) {
  if (item.kind === "day") return el("div", { class: "day", role: "separator" }, el("span", {}, dayName(item.at)));
  if (item.kind === "empty") return emptyNote(context);
  if (item.kind === "local") return localLine(item.line, context);
  const parts = ["message-above", "message-head", "message-body markdown", "message-files", "message-embeds", "message-rows", "message-foot"];
  const [above, ...rest] = parts.map((name) => el("div", { class: name }));
  const tools = el("div", { class: "message-tools" });
  const node = el("article", { class: "message", tabindex: "-1", "data-testid": `message-${item.key}` }, above, el("div", { class: "message-side" }), el("div", { class: "message-main" }, rest), tools);
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    tools.querySelector("button")?.click();
  });
  return node;
}

function emptyNote({ app, channel }) {
  return el("div", { class: "empty-room" }, el("h2", {}, say("emptyTitle", { channel: titleOf(channel) })), el("p", {}, say("empty", { name: app.view.person.name })));
}

function localLine(line, { app }) {
  return el(
    "div",
    { class: "local-line", "data-testid": "failure", role: "alert" },
    icon("alert"),
    el("span", {}, el("strong", {}, line.text), line.why ? ` ${line.why}` : ""),
    el("button", { type: "button", class: "text-button", onclick: () => app.forgetLine(line.id) }, say("dismiss")),
  );
}

function update(node, item, context) {
  if (item.kind !== "message") return;
  const { message, at, head } = item;
  const { app, names } = context;
  const outcome = app.outcome(message.id);
  node.classList.toggle("head", head);
  node.classList.toggle("ephemeral", message.ephemeral);
  node.classList.toggle("mentioned", message.mentions_me && !message.system);
  const [above, side, main, tools] = node.children;
  const [top, body, files, embeds, components, foot] = main.children;
  refresh(above, [message.command, message.reply], () => aboveLines(message));
  refresh(side, [head, message.author], () => [head ? avatar(message.author.name, message.author.bot ? "bot" : "") : el("time", { class: "side-time" }, clock(at))]);
  refresh(top, [head, message.author, at], () => (head ? headLine(message, at) : []));
  refresh(body, [message.content, message.loading, message.edited, message.system, names.signature(message.content)], () => bodyOf(message, names));
  refresh(files, message.attachments, () => message.attachments.map(attachment));
  refresh(embeds, [message.embeds, names.signature(JSON.stringify(message.embeds))], () => message.embeds.map((data) => embed(data, names)));
  refresh(components, [message.rows, outcome?.pending, outcome?.chosen], () =>
    rows(message, {
      pending: outcome?.pending,
      chosen: outcome?.chosen,
      names,
      press: (customId) => app.component(message.id, customId, "press", { message: message.id, custom_id: customId }),
      select: (customId, values) => app.component(message.id, customId, "select", { message: message.id, custom_id: customId, values }),
    }),
  );
  refresh(foot, [message.ephemeral, outcome?.failed], () => footLines(message, outcome, app));
  refresh(tools, message.id, () => [moreButton(message, app)]);
}

function aboveLines(message) {
  if (message.command) {
    const { user, name } = message.command;
    const [before, after] = say("usedCommand", { name: user.name, command: "\u0000" }).split("\u0000");
    return [el("span", { class: "spine", "aria-hidden": "true" }), avatar(user.name, "tiny"), el("span", {}, before, el("span", { class: "command-ref" }, name), after)];
  }
  if (message.reply) return [el("span", { class: "spine", "aria-hidden": "true" }), el("strong", {}, message.reply.author), el("span", { class: "reply-text" }, message.reply.content)];
  return [];
}

function headLine(message, at) {
  return [
    el("span", { class: "author" }, message.author.name),
    message.author.bot ? el("span", { class: "badge" }, say("app")) : null,
    el("time", { class: "when", datetime: new Date(at).toISOString() }, stamp(at)),
  ];
}

const NOTICES = { added: "systemAdded", removed: "systemRemoved", renamed: "systemRenamed" };

function bodyOf(message, names) {
  if (message.system) return [el("p", { class: "system" }, say(NOTICES[message.system.kind], { name: message.author.name, other: message.system.about }))];
  if (message.loading) return [el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), say("thinking", { name: message.author.name }))];
  const parts = message.content ? markdown(message.content, names) : [];
  if (message.edited && parts.length) {
    const mark = el("span", { class: "edited" }, ` ${say("edited")}`);
    const last = parts.at(-1);
    if (last.tagName === "P") last.append(mark);
    else parts.push(el("p", {}, mark));
  }
  return parts;
}

function footLines(message, outcome, app) {
  const failure = outcome?.failed ? el("p", { class: "failed", role: "alert", "data-testid": "failure" }, icon("alert"), el("span", {}, say("failed"), outcome.failed.why ? el("span", { class: "failed-why" }, ` ${outcome.failed.why}`) : null)) : null;
  const note = message.ephemeral
    ? el("p", { class: "ephemeral-note" }, icon("eye"), el("span", {}, say("onlyYou")), " • ", el("button", { type: "button", class: "text-button", "data-focus": "dismiss", "data-testid": `dismiss-${message.id}`, onclick: () => app.dismissMessage(message.id) }, say("dismiss")))
    : null;
  return [failure, note];
}

function moreButton(message, app) {
  const node = el("button", { type: "button", class: "icon-button", tabindex: "-1", "aria-haspopup": "menu", "aria-label": say("moreActions"), title: say("moreActions"), "data-testid": `more-${message.id}` }, icon("more"));
  node.addEventListener("click", () => app.menu.open(node, message.id));
  return node;
}

const clockFormat = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const longFormat = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });

function clock(at) {
  return clockFormat.format(at);
}

function dayName(at) {
  const today = new Date();
  const day = new Date(at);
  if (day.toDateString() === today.toDateString()) return say("today");
  today.setDate(today.getDate() - 1);
  return day.toDateString() === today.toDateString() ? say("yesterday") : dayFormat.format(day);
}

function stamp(at) {
  return new Date(at).toDateString() === new Date().toDateString() ? clock(at) : longFormat.format(at);
}
