// The field of one command option: free text, a choice, a person, a role, a channel or a file.

import { el, icon } from "./dom.js";
import { Listbox, testName } from "./listbox.js";
import { titleOf } from "./names.js";
import { act, Refused } from "./net.js";
import { say, sizeOf } from "./words.js";

const TYPING_PAUSE_MS = 120;
const MOST_ENTRIES = 25;

export class OptionField {
  constructor(option, form) {
    this.option = option;
    this.form = form;
    this.picked = null;
    this.asked = 0;
    this.node = option.kind === "attachment" ? this.fileChip() : this.textChip();
    this.input.addEventListener("focus", () => form.describe(option));
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  chip(...inside) {
    const classes = this.option.required ? "chip" : "chip optional";
    const drop = this.option.required ? null : el("button", { type: "button", class: "chip-drop", tabindex: "-1", "aria-label": say("removeOption", { name: this.option.shown }), onclick: () => this.form.remove(this) }, "×");
    return el("label", { class: classes }, el("span", { class: "chip-name" }, this.option.shown), ...inside, drop);
  }

  textChip() {
    const numeric = this.option.kind === "integer" || this.option.kind === "number";
    this.input = el("input", {
      class: "chip-input",
      type: "text",
      size: 6,
      inputmode: numeric ? "decimal" : null,
      autocomplete: "off",
      "aria-required": this.option.required ? "true" : null,
      "aria-describedby": this.form.composer.help.id,
      "data-testid": `option-${this.option.name}`,
    });
    const node = this.chip(el("span", { class: "chip-sizer" }, this.input));
    this.sizer = node.querySelector(".chip-sizer");
    if (this.listed || this.option.autocomplete) this.withList();
    this.input.addEventListener("input", () => this.typed());
    return node;
  }

  withList() {
    this.input.setAttribute("aria-autocomplete", "list");
    this.list = new Listbox(this.input, { label: this.option.shown, place: (list) => this.form.composer.line.append(list), onPick: (item) => this.pick(item) });
    this.input.addEventListener("focus", () => this.suggest());
    this.input.addEventListener("blur", () => this.list.close());
  }

  fileChip() {
    this.input = el("input", { type: "file", class: "chip-file", "aria-required": this.option.required ? "true" : null, "data-testid": `option-${this.option.name}` });
    this.fileName = el("span", { class: "chip-filename" }, say("chooseFile"));
    this.input.addEventListener("change", () => {
      this.file = this.input.files[0] ?? null;
      this.fileName.textContent = this.file ? say("fileChosen", { name: this.file.name, size: sizeOf(this.file.size) }) : say("chooseFile");
      this.form.composer.complain("");
    });
    return this.chip(icon("file"), this.fileName, this.input);
  }

  /** Whether only entries of a list are valid. */
  get listed() {
    return this.option.choices.length > 0 || ["boolean", "user", "role", "channel", "mentionable"].includes(this.option.kind);
  }

  get empty() {
    return this.option.kind === "attachment" ? !this.file : this.input.value.trim() === "";
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  update() {
    // An open list of people or channels follows the world.
    if (this.list?.open && this.listed && document.activeElement === this.input) this.suggest(this.list.active);
  }

  typed() {
    this.picked = null;
    this.sizer.dataset.text = this.input.value;
    this.form.composer.complain("");
    if (this.list) this.suggest();
  }

  value() {
    if (this.option.kind === "attachment") return this.file.name;
    return this.chosen()?.value ?? this.input.value;
  }

  // What was picked, or the one entry whose name was typed in full.
  chosen() {
    if (this.picked) return this.picked;
    if (!this.listed) return null;
    const typed = this.input.value.trim().toLowerCase();
    return this.entries().find((entry) => entry.label.toLowerCase() === typed || entry.label.toLowerCase() === `@${typed}` || entry.label.toLowerCase() === `#${typed}`) ?? null;
  }

  /** Why the field cannot be sent as it is, or nothing. */
  problem() {
    if (this.empty) return this.option.required ? say("optionRequired", { name: this.option.shown }) : null;
    return this.listed && !this.chosen() ? say("optionUnknown", { name: this.option.shown }) : null;
  }

  suggest(active = 0) {
    if (this.listed) this.showEntries(active);
    else this.askSoon();
  }

  showEntries(active) {
    const typed = this.picked ? "" : this.input.value.trim().toLowerCase();
    const fitting = this.entries().filter((entry) => entry.label.toLowerCase().includes(typed));
    this.show(fitting.slice(0, MOST_ENTRIES), { active, empty: say("pickerNoMatch") });
  }

  show(entries, { active, empty }) {
    const items = entries.map((entry) => ({ ...entry, testid: `pick-${testName(entry.label)}` }));
    this.list.show(items, { active, title: `${this.option.shown} · ${this.option.description}`, empty });
  }

  entries() {
    const { option } = this;
    const { names } = this.form.view;
    if (option.choices.length) return option.choices.map((choice) => ({ label: choice.name, value: choice.value }));
    if (option.kind === "boolean") return [{ label: say("yes"), value: "true" }, { label: say("no"), value: "false" }];
    const people = () => names.users().map((user) => ({ label: user.name, value: user.id, note: user.bot ? say("app") : user.role }));
    const roles = () => names.roles().filter((role) => role.guild === this.form.view.channel.guild).map((role) => ({ label: `@${role.name}`, value: role.id }));
    if (option.kind === "user") return people();
    if (option.kind === "role") return roles();
    if (option.kind === "mentionable") return [...people(), ...roles()];
    return names.channels().filter((channel) => channel.guild && fits(option, channel)).map((channel) => ({ label: titleOf(channel), value: channel.id, note: channel.kind === "thread" ? say("thread") : "" }));
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), TYPING_PAUSE_MS);
  }

  // Only the answer to the newest text is shown; a slow one for older text is dropped.
  async ask() {
    this.asked += 1;
    const mine = this.asked;
    const { composer, command } = this.form;
    const others = this.form.options().filter((option) => option.name !== this.option.name);
    const body = { channel: composer.channel, command: command.path, options: others, focused: this.option.name, text: this.input.value };
    let choices = [];
    try {
      ({ choices } = await act(composer.person, "autocomplete", body));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    const wanted = mine === this.asked && document.activeElement === this.input && !this.picked && composer.line.getAttribute("aria-busy") !== "true";
    if (!wanted) return;
    // Nothing is active at first: Enter sends what was typed, the arrow keys go to the suggestions.
    this.show(choices.map((choice) => ({ label: choice.name, value: choice.value })), { active: -1, empty: say("pickerNothing") });
  }

  pick(item) {
    this.picked = item;
    this.asked += 1;
    clearTimeout(this.timer);
    this.input.value = item.label;
    this.sizer.dataset.text = item.label;
    this.list.close();
    this.form.onward();
  }

  key(event) {
    if (event.isComposing || this.list?.key(event)) return;
    if (event.key === "Backspace" && this.empty) {
      event.preventDefault();
      this.form.remove(this);
    }
  }
}

// Channel kinds are Discord's numbers; an option without any takes all.
function fits(option, channel) {
  return option.channel_types.length === 0 || option.channel_types.includes(channel.type);
}
