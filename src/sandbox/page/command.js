// A command being filled in: its name and one field an option, required ones first.

import { el } from "./dom.js";
import { OptionField } from "./option.js";
import { say } from "./words.js";

export class CommandForm {
  constructor(command, composer) {
    this.command = command;
    this.composer = composer;
    this.fields = [];
    this.chips = el("div", { class: "chips" });
    this.more = el("div", { class: "more-options" });
    this.node = el("div", { class: "command-form", role: "group", "aria-label": `/${command.shown}` }, el("span", { class: "command-name" }, `/${command.shown}`), this.chips, this.more);
    this.node.addEventListener("keydown", (event) => this.key(event));
    for (const option of command.options.filter((candidate) => candidate.required)) this.add(option);
    this.offerMore();
    this.describe(null);
  }

  get view() {
    return this.composer.view;
  }

  update(view) {
    for (const field of this.fields) field.update(view);
  }

  /** Goes to the first field that is still empty, else to the button that sends. */
  focus() {
    const empty = this.fields.find((field) => field.empty);
    (empty ?? this.fields.at(-1) ?? { focus: () => this.composer.send.focus() }).focus();
  }

  add(option) {
    const field = new OptionField(option, this);
    this.fields.push(field);
    this.chips.append(field.node);
    return field;
  }

  offerMore() {
    const hidden = this.command.options.filter((option) => !this.fields.some((field) => field.option.name === option.name));
    this.more.replaceChildren(
      ...hidden.map((option) =>
        el("button", { type: "button", class: "add-option", "data-testid": `add-${option.name}`, "aria-label": say("addOption", { name: option.shown }), title: option.description, onclick: () => this.addAndFocus(option), onfocus: () => this.describe(option) }, `+ ${option.shown}`),
      ),
    );
  }

  addAndFocus(option) {
    const field = this.add(option);
    this.offerMore();
    field.focus();
  }

  /** Takes an optional field away again; without any field left of it, back to text. */
  remove(field) {
    const index = this.fields.indexOf(field);
    if (field.option.required) {
      if (index === 0 && this.fields.every((other) => other.empty)) this.leave();
      return;
    }
    field.node.remove();
    this.fields.splice(index, 1);
    this.offerMore();
    this.focus();
  }

  leave() {
    const { composer } = this;
    composer.cancel();
    composer.focus();
  }

  /** After a value was picked: on to the next required field that is empty. */
  onward() {
    this.fields.find((field) => field.option.required && field.empty)?.focus();
  }

  describe(option) {
    if (!option) {
      this.composer.helpText([this.command.description, say("commandRun")].filter(Boolean).join(" · "));
      return;
    }
    const kind = option.required ? say("required") : say("optional");
    this.composer.helpText(`${option.shown} (${kind}): ${option.description}`);
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.type !== "file") {
      event.preventDefault();
      this.composer.submit();
    }
  }

  /** The first thing that keeps the command from being sent, or null. */
  problem() {
    for (const field of this.fields) {
      const sentence = field.problem();
      if (sentence) return { field, sentence };
    }
    return null;
  }

  /** The filled options, as the sandbox takes them. */
  options() {
    return this.fields.filter((field) => !field.empty).map((field) => ({ name: field.option.name, value: field.value() }));
  }

  /** The command with its files. */
  formData(channel) {
    const data = new FormData();
    data.append("payload", JSON.stringify({ channel, command: this.command.path, options: this.options() }));
    for (const field of this.fields.filter((candidate) => candidate.file)) data.append(`file:${field.option.name}`, field.file);
    return data;
  }
}
