// A form the bot has opened for a person.
//
// It is the browser's own modal dialog, which holds the focus inside and makes
// the rest inert. Each person keeps their own: switching to somebody else hides
// it with all that was typed.

import { el, icon } from "./dom.js";
import { act, Refused } from "./net.js";
import { say } from "./words.js";

export class Modals {
  constructor(app) {
    this.app = app;
    this.dialogs = new Map();
  }

  /** Shows the active person's form, if there is one, and no other. */
  update(active, views) {
    for (const [person, view] of views) {
      const known = this.dialogs.get(person);
      if (known && known.key !== view.modal?.key) this.drop(person);
      if (view.modal && !this.dialogs.has(person)) this.dialogs.set(person, this.build(person, view.modal));
    }
    for (const [person, dialog] of this.dialogs) {
      if (!views.has(person)) this.drop(person);
      else if (person !== active && dialog.node.open) dialog.node.close();
    }
    const mine = this.dialogs.get(active);
    if (mine && !mine.node.open) {
      mine.node.showModal();
      (mine.node.querySelector("[data-invalid]") ?? mine.node.querySelector("input, textarea"))?.focus();
    }
  }

  drop(person) {
    this.dialogs.get(person)?.node.remove();
    this.dialogs.delete(person);
    if (person === this.app.active) this.app.focusComposer();
  }

  build(person, modal) {
    const titleId = `modal-title-${person}`;
    const fields = modal.fields.map((field, index) => new Field(field, `${person}-${index}`));
    const refusal = el("p", { class: "refusal", role: "alert", "data-testid": "modal-refusal", hidden: true });
    const submit = el("button", { type: "submit", class: "button primary" }, say("modalSubmit"));
    const dismiss = () => this.dismiss(person);
    const form = el(
      "form",
      { novalidate: true },
      el("div", { class: "modal-head" }, el("h2", { id: titleId }, modal.title), el("button", { type: "button", class: "icon-button", "aria-label": say("modalCancel"), onclick: dismiss }, icon("close"))),
      el("div", { class: "modal-body" }, el("p", { class: "modal-warning" }, icon("alert"), el("span", {}, say("modalWarning", { name: modal.app }))), fields.map((field) => field.node)),
      refusal,
      el("div", { class: "modal-foot" }, el("button", { type: "button", class: "button quiet", onclick: dismiss }, say("modalCancel")), submit),
    );
    const node = el("dialog", { class: "modal", "aria-labelledby": titleId, "data-testid": "modal" }, form);
    node.addEventListener("cancel", (event) => {
      event.preventDefault();
      dismiss();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(person, { fields, refusal, submit });
    });
    document.body.append(node);
    return { node, key: modal.key };
  }

  async dismiss(person) {
    try {
      await act(person, "modal/dismiss", {});
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.app.complain(error.message);
    }
    this.drop(person);
  }

  async submit(person, { fields, refusal, submit }) {
    const faulty = fields.filter((field) => !field.check());
    if (faulty.length) {
      faulty[0].input.focus();
      return;
    }
    if (submit.getAttribute("aria-busy")) return;
    submit.setAttribute("aria-busy", "true");
    refusal.hidden = true;
    try {
      const body = { fields: fields.map((field) => ({ custom_id: field.customId, value: field.input.value })) };
      this.app.reacted(person, await act(person, "modal/submit", body));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusal.textContent = error.message;
      refusal.hidden = false;
    } finally {
      submit.removeAttribute("aria-busy");
    }
  }
}

class Field {
  constructor(field, id) {
    this.field = field;
    this.customId = field.custom_id;
    const inputId = `field-${id}`;
    const hintId = `${inputId}-hint`;
    this.input = control(field, { id: inputId, "aria-describedby": hintId });
    this.error = el("span", { class: "field-error" });
    this.counter = el("span", { class: "field-counter", "aria-hidden": "true" });
    this.input.addEventListener("input", () => {
      this.counted();
      if (this.input.dataset.invalid) this.check();
    });
    const mark = field.required ? el("span", { class: "required-mark", title: say("required") }, "*") : null;
    const about = field.description ? el("p", { class: "field-about" }, field.description) : null;
    this.node = el("div", { class: "field" }, el("label", { for: inputId }, field.label, mark), about, this.input, el("div", { class: "field-foot", id: hintId }, this.error, this.counter));
    this.counted();
  }

  counted() {
    const length = [...this.input.value].length;
    this.counter.textContent = this.field.max ? `${length}/${this.field.max}` : "";
  }

  /** Whether the field may be sent; says so beside it when not. */
  check() {
    const length = [...this.input.value.trim()].length;
    const least = this.field.min ?? 0;
    let error = "";
    if (this.field.required && length === 0) error = say("fieldRequired");
    else if (length > 0 && length < least) error = say("fieldShort", { count: least });
    this.error.textContent = error;
    if (error) this.input.dataset.invalid = "true";
    else delete this.input.dataset.invalid;
    this.input.setAttribute("aria-invalid", String(Boolean(error)));
    return !error;
  }
}

function control(field, attributes) {
  const shared = { ...attributes, class: "field-input", "aria-required": field.required ? "true" : null, "data-testid": `field-${field.custom_id}` };
  if (field.style === "select") return choice(field, shared);
  const long = field.style === "paragraph";
  return el(long ? "textarea" : "input", {
    ...shared,
    maxlength: field.max || null,
    placeholder: field.placeholder,
    autocomplete: "off",
    rows: long ? 5 : null,
    value: field.value ?? "",
  });
}

function choice(field, shared) {
  const options = field.options.map((option) => el("option", { value: option.value }, option.label));
  const node = el("select", shared, el("option", { value: "" }, field.placeholder || say("selectPlaceholder")), options);
  node.value = field.options.find((option) => option.default)?.value ?? "";
  return node;
}
