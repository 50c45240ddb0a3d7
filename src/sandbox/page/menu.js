// The menu of one message: what apps offer for it, and deleting one's own.

import { el } from "./dom.js";
import { testName } from "./listbox.js";
import { say } from "./words.js";

export class MessageMenu {
  constructor(app) {
    this.app = app;
    this.node = null;
    document.addEventListener("pointerdown", (event) => {
      if (this.node && !this.node.contains(event.target)) this.close(false);
    });
  }

  /** Opens beside `anchor`, for that message. */
  open(anchor, messageId) {
    if (this.node && this.anchor === anchor) {
      this.close();
      return;
    }
    this.close(false);
    this.anchor = anchor;
    const { view } = this.app;
    const message = view.messages.find((candidate) => candidate.id === messageId);
    if (!message) return;
    const offers = message.ephemeral ? [] : view.commands.filter((command) => command.kind === "message");
    const entries = offers.map((command) => this.entry(command.shown, () => this.app.useOnMessage(command, messageId)));
    if (message.deletable) entries.push(this.entry(say("deleteMessage"), () => this.app.deleteMessage(messageId), "danger"));
    const note = entries.length ? null : el("p", { class: "menu-note" }, say("noApps"));
    this.node = el("div", { class: "menu", role: "menu", "aria-label": say("moreActions"), "data-testid": "menu" }, offers.length ? el("div", { class: "menu-title", role: "presentation" }, say("apps")) : null, entries, note);
    this.node.addEventListener("keydown", (event) => this.key(event));
    document.getElementById("layer").append(this.node);
    this.put(anchor);
    anchor.closest(".message")?.classList.add("with-menu");
    entries[0]?.focus();
  }

  entry(label, act, extra = "") {
    const run = () => {
      this.close();
      act();
    };
    return el("button", { type: "button", role: "menuitem", class: `menu-item ${extra}`, tabindex: "-1", "data-testid": `pick-${testName(label)}`, onclick: run }, label);
  }

  put(anchor) {
    const box = anchor.getBoundingClientRect();
    const width = 240;
    this.node.style.setProperty("left", `${Math.max(8, Math.min(box.right - width, window.innerWidth - width - 8))}px`);
    const height = this.node.offsetHeight;
    const top = box.bottom + height + 8 > window.innerHeight ? box.top - height - 4 : box.bottom + 4;
    this.node.style.setProperty("top", `${Math.max(8, top)}px`);
  }

  key(event) {
    const items = [...this.node.querySelectorAll("[role=menuitem]")];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: (at + 1) % items.length, ArrowUp: (at + items.length - 1) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined && !event.altKey) items[next]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Closes the menu and, unless told otherwise, gives the focus back to the message. */
  close(focus = true) {
    if (!this.node) return;
    const message = this.anchor.closest(".message");
    message?.classList.remove("with-menu");
    this.node.remove();
    this.node = null;
    if (focus) message?.focus({ preventScroll: true });
  }
}
