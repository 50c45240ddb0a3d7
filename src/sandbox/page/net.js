// The way to the sandbox: one live socket a person, and a POST for each thing a person does.
//
// The server sends a person's whole view whenever the world has changed. The
// page keeps no copy of the world to fall behind with: the newest view is the truth.

import { say } from "./words.js";

/** A thing the person may not or cannot do; the message is a sentence for them. */
export class Refused extends Error {}

/** The people one can play, and the server's name. */
export async function fetchPeople() {
  const answer = await fetch("/sandbox/people", { cache: "no-store" });
  if (!answer.ok) throw new Refused(say("refusedFallback", { status: answer.status }));
  return answer.json();
}

/** Does something as that person; answers with what came of it, or throws `Refused`. */
export async function act(person, action, body) {
  const form = body instanceof FormData;
  let answer;
  try {
    answer = await fetch(`/sandbox/people/${person}/${action}`, {
      method: "POST",
      headers: form ? {} : { "content-type": "application/json" },
      body: form ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused(say("unreachable"));
  }
  const text = await answer.text();
  const data = parsed(text);
  if (!answer.ok) throw new Refused(data?.refused ?? say("refusedFallback", { status: answer.status }));
  return data;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/** A person's live view. Connects again by itself and says when it is cut. */
export class Live {
  constructor(person, { onView, onState }) {
    this.person = person;
    this.onView = onView;
    this.onState = onState;
    this.wish = { channel: null, looking: false };
    this.wait = FIRST_WAIT;
    this.connect();
  }

  /** Says which channel is open, and whether somebody looks at it (then it counts as read). */
  watch(channel, looking) {
    if (this.wish.channel === channel && this.wish.looking === looking) return;
    this.wish = { channel, looking };
    this.tell();
  }

  /** Ends the connection for good. */
  stop() {
    this.stopped = true;
    this.socket.close();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = this.wish.channel ? `?channel=${this.wish.channel}` : "";
    this.socket = new WebSocket(`${scheme}://${location.host}/sandbox/people/${this.person}/live${query}`);
    this.socket.addEventListener("open", () => {
      this.wait = FIRST_WAIT;
      this.onState(true);
      this.tell();
    });
    this.socket.addEventListener("message", (event) => this.onView(JSON.parse(event.data)));
    this.socket.addEventListener("close", () => this.lost());
  }

  lost() {
    if (this.stopped) return;
    this.onState(false);
    setTimeout(() => !this.stopped && this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  tell() {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(this.wish));
  }
}
