// The line at the bottom: text, the `/` picker, and the command being filled in.
//
// There is one composer a person and channel, so that switching away and back
// finds every half-typed word, option and file again.

import { CommandForm } from "./command.js";
import { el, icon, setText } from "./dom.js";
import { Listbox, testName } from "./listbox.js";
import { candidates, encoded, tokenAt } from "./mentions.js";
import { titleOf } from "./names.js";
import { act, Refused } from "./net.js";
import { say } from "./words.js";

export class Composer {
  constructor(app, person, channel) {
    this.app = app;
    this.person = person;
    this.channel = channel;
    this.form = null;
    this.mentioned = new Map();
    this.refusal = el("p", { class: "refusal", role: "alert", "data-testid": "refusal", hidden: true });
    this.banner = el("p", { class: "banner", hidden: true });
    this.text = el("textarea", { class: "composer-text", rows: 1, "data-testid": "composer", autocomplete: "off", "aria-autocomplete": "list", spellcheck: "true" });
    this.slot = el("div", { class: "composer-slot" }, this.text);
    this.send = el("button", { type: "submit", class: "icon-button send", "aria-label": say("send"), title: say("send"), "data-testid": "send" }, icon("send"));
    this.help = el("p", { class: "composer-help", id: `help-${person}-${channel}` });
    this.line = el("form", { class: "composer", novalidate: true }, this.slot, this.send);
    this.node = el("div", { class: "composer-box" }, this.banner, this.refusal, this.line, this.help);
    this.list = new Listbox(this.text, { label: say("pickerCommands"), place: (list) => this.line.append(list), onPick: (item) => (item.command ? this.begin(item.command) : this.mention(item)) });
    this.text.setAttribute("aria-describedby", this.help.id);
    this.listen();
    this.helpText(say("composerHint"));
  }

  listen() {
    this.text.addEventListener("input", () => {
      this.complain("");
      this.grow();
      this.suggest();
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => this.list.close());
    this.text.addEventListener("focus", () => this.suggest());
    this.line.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Follows the person's newest view. */
  update(view) {
    this.view = view;
    const { channel } = view;
    const label = say("composerLabel", { channel: titleOf(channel) });
    this.text.placeholder = label;
    this.text.setAttribute("aria-label", label);
    setText(this.banner, channel.locked ? say("lockedBanner") : channel.archived ? say("archivedBanner") : "");
    this.banner.hidden = !channel.archived && !channel.locked;
    this.form?.update(view);
  }

  focus() {
    if (this.form) this.form.focus();
    else this.text.focus({ preventScroll: true });
  }

  /** Puts text there as if it had been typed. */
  type(text) {
    this.cancel();
    this.text.value = text;
    this.focus();
    this.grow();
    this.suggest();
  }

  /** Says why something was refused, or nothing more. */
  complain(sentence) {
    setText(this.refusal, sentence);
    this.refusal.hidden = !sentence;
  }

  helpText(text) {
    setText(this.help, text);
  }

  grow() {
    this.text.style.setProperty("height", "auto");
    this.text.style.setProperty("height", `${Math.min(this.text.scrollHeight, 200)}px`);
  }

  suggest() {
    const query = this.query();
    if (document.activeElement !== this.text) this.list.close();
    else if (query === null) this.suggestMentions();
    else this.suggestCommands(query);
  }

  suggestCommands(query) {
    const fitting = matching(this.view?.commands ?? [], query);
    const items = fitting.map((command) => ({ command, label: `/${command.shown}`, detail: command.description, note: command.app, testid: `pick-${testName(command.path)}` }));
    this.list.show(items, { title: say("pickerCommands"), empty: say("pickerNone") });
  }

  suggestMentions() {
    const token = tokenAt(this.text.value, this.text.selectionStart);
    const found = token && this.view ? candidates(token, this.view.names) : [];
    if (found.length === 0) this.list.close();
    else this.list.show(found.map((entry) => ({ ...entry, token, testid: `pick-${testName(entry.label)}` })));
  }

  mention({ token, label, code }) {
    this.mentioned.set(label, code);
    this.text.setRangeText(`${label} `, token.start, this.text.selectionStart, "end");
    this.list.close();
  }

  // What stands behind the slash, as long as it can still be a command's name.
  query() {
    const { value } = this.text;
    return value.startsWith("/") && !value.includes("\n") ? value.slice(1).trimStart().toLowerCase() : null;
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === " " && this.list.open) {
      const exact = this.exact();
      if (exact) {
        event.preventDefault();
        this.begin(exact);
        return;
      }
    }
    if (this.list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  // A whole name followed by a blank chooses the command, unless a longer one begins with it.
  exact() {
    const query = this.query();
    const commands = this.list.items.map((item) => item.command).filter(Boolean);
    const names = (command) => [command.path, command.shown.toLowerCase()];
    const longer = commands.some((command) => names(command).some((name) => name.startsWith(`${query} `)));
    return longer ? null : commands.find((command) => names(command).includes(query));
  }

  begin(command) {
    this.list.close();
    this.complain("");
    this.text.value = "";
    this.form = new CommandForm(command, this);
    this.slot.replaceChildren(this.form.node);
    this.line.classList.add("with-command");
    this.form.update(this.view);
    this.form.focus();
  }

  /** Leaves the command that was being filled in. */
  cancel() {
    if (!this.form) return;
    this.form = null;
    this.complain("");
    this.line.classList.remove("with-command");
    this.slot.replaceChildren(this.text);
    this.helpText(say("composerHint"));
  }

  async submit() {
    if (this.line.getAttribute("aria-busy") === "true") return;
    if (this.form) await this.sendCommand();
    else await this.sendText();
  }

  async sendText() {
    const content = this.text.value;
    if (content.trim() === "") return;
    await this.during(async () => {
      await act(this.person, "message", { channel: this.channel, content: encoded(content, this.mentioned) });
      this.text.value = "";
      this.mentioned.clear();
      this.grow();
      this.app.log.toEnd();
    });
  }

  async sendCommand() {
    const { form } = this;
    const problem = form.problem();
    if (problem) {
      this.complain(problem.sentence);
      problem.field.focus();
      return;
    }
    await this.during(async () => {
      const reaction = await act(this.person, "command", form.formData(this.channel));
      const hadFocus = this.node.contains(document.activeElement);
      this.cancel();
      this.app.log.toEnd();
      this.app.reacted(this.person, reaction, this.channel);
      if (hadFocus && !document.querySelector("dialog[open]")) this.focus();
    });
  }

  // Keeps what was typed until it is known that it went through.
  async during(work) {
    this.complain("");
    this.line.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.complain(error.message);
    } finally {
      this.line.removeAttribute("aria-busy");
    }
  }
}

/** The chat commands that fit what was typed, the closest first. */
function matching(commands, query) {
  const rank = ({ path, shown, description }) => {
    const names = [path, shown.toLowerCase()];
    if (names.includes(query)) return 0;
    if (names.some((name) => name.startsWith(query))) return 1;
    if (names.some((name) => name.split(" ").some((word) => word.startsWith(query)))) return 2;
    if (names.some((name) => name.includes(query))) return 3;
    return query.length > 2 && description.toLowerCase().includes(query) ? 4 : -1;
  };
  return commands
    .filter((command) => command.kind === "chat")
    .map((command) => ({ command, place: rank(command) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place || a.command.shown.localeCompare(b.command.shown))
    .map(({ command }) => command);
}
