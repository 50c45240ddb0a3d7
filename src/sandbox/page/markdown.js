// Discord's Markdown, as elements (Discord docs, reference, message formatting).
//
// Blocks are found line by line, marks within a line by a list of rules tried
// at each place. What is no mark stays text. Links are http and https only;
// anything else stays as it was written.

import { el } from "./dom.js";
import { language, locale, say } from "./words.js";

const MAX_DEPTH = 8;

/**
 * Block Markdown: headings, lists, quotes, code, paragraphs. `names` tells the
 * names of people, roles, channels and commands; `names.go` opens a channel.
 */
export function markdown(text, names) {
  return blocks(text.replace(/\r\n?/g, "\n").split("\n"), names, 0);
}

/** Only the marks within a line, for field names, titles and the like. */
export function inlineMarkdown(text, names) {
  return inline(text, names, 0);
}

function blocks(lines, names, depth) {
  const out = [];
  let paragraph = [];
  const flush = () => {
    while (paragraph.length && paragraph.at(-1).trim() === "") paragraph.pop();
    if (paragraph.length) out.push(el("p", {}, inline(paragraph.join("\n"), names, depth)));
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    const block = depth < MAX_DEPTH ? blockAt(lines, at, names, depth) : null;
    if (block) {
      flush();
      out.push(block.node);
      at = block.next;
    } else {
      if (paragraph.length || lines[at].trim() !== "") paragraph.push(lines[at]);
      at += 1;
    }
  }
  flush();
  return out;
}

function blockAt(lines, at, names, depth) {
  const line = lines[at];
  return codeBlock(lines, at) ?? heading(line, at, names, depth) ?? quote(lines, at, names, depth) ?? list(lines, at, names, depth);
}

// What stands behind the closing fence is given back as the next line.
function codeBlock(lines, at) {
  const open = /^\s*```(.*)$/.exec(lines[at]);
  if (!open) return null;
  const sameLine = /^(.+?)```\s*$/.exec(open[1]);
  if (sameLine) return { node: code(sameLine[1]), next: at + 1 };
  const end = lines.findIndex((line, index) => index > at && line.includes("```"));
  if (end < 0) return null;
  const [last, after] = splitOnce(lines[end], "```");
  const body = lines.slice(at + 1, end);
  if (open[1] && !/^[\w+#-]+$/.test(open[1].trim())) body.unshift(open[1]);
  if (last) body.push(last);
  if (after.trim() === "") return { node: code(body.join("\n")), next: end + 1 };
  lines[end] = after;
  return { node: code(body.join("\n")), next: end };
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function code(text) {
  return el("pre", { class: "code-block", tabindex: "0" }, el("code", {}, text));
}

function heading(line, at, names, depth) {
  const found = /^(#{1,3}) +(.+)$/.exec(line);
  if (found) {
    // Messages stand below the page's own headings, so theirs begin at the third level.
    const level = Math.min(found[1].length + 2, 5);
    return { node: el(`h${level}`, { class: `md-heading md-h${found[1].length}` }, inline(found[2], names, depth)), next: at + 1 };
  }
  const small = /^-# +(.+)$/.exec(line);
  return small ? { node: el("p", { class: "md-small" }, inline(small[1], names, depth)), next: at + 1 } : null;
}

function quote(lines, at, names, depth) {
  const all = /^>>> ?(.*)$/.exec(lines[at]);
  if (all) {
    const rest = [all[1], ...lines.slice(at + 1)];
    return { node: el("blockquote", {}, blocks(rest, names, depth + 1)), next: lines.length };
  }
  let next = at;
  const body = [];
  for (let match; next < lines.length && (match = /^> ?(.*)$/.exec(lines[next])) && (/^> /.test(lines[next]) || lines[next] === ">"); next += 1) {
    body.push(match[1]);
  }
  return body.length ? { node: el("blockquote", {}, blocks(body, names, depth + 1)), next } : null;
}

const ITEM = /^( *)([-*]|\d{1,9}\.) +(.+)$/;

function list(lines, at, names, depth) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const indent = first[1].length;
  const ordered = /\d/.test(first[2]);
  const node = ordered ? el("ol", { start: Number.parseInt(first[2], 10) }) : el("ul");
  let next = at;
  while (next < lines.length) {
    const item = ITEM.exec(lines[next]);
    if (item && item[1].length === indent && /\d/.test(item[2]) === ordered) {
      node.append(el("li", {}, inline(item[3], names, depth)));
      next += 1;
    } else if (item && item[1].length > indent && depth < MAX_DEPTH) {
      const inner = list(lines, next, names, depth + 1);
      node.lastElementChild.append(inner.node);
      next = inner.next;
    } else {
      break;
    }
  }
  return { node, next };
}

// Each rule: where it matches at the place, and what becomes of it. The order decides.
const RULES = [
  [/\\([^\p{L}\p{N}\s])/uy, (match) => match[1]],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, (match) => el("code", { class: "code" }, match[2].trim() || match[2])],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (match) => timestamp(Number(match[1]), match[2] ?? "f")],
  [/<@!?(\d{1,20})>/y, (match, names) => mention(`@${names.user(match[1])}`)],
  [/<@&(\d{1,20})>/y, (match, names) => mention(`@${names.role(match[1])}`)],
  [/<#(\d{1,20})>/y, (match, names) => channelMention(match[1], names)],
  [/<\/([-_\p{L}\p{N} ]{1,100}):(\d{1,20})>/uy, (match, names) => commandMention(match[1], names)],
  [/<a?(:\w{2,32}:)\d{1,20}>/y, (match) => match[1]],
  [/<(https?:\/\/[^\s<>]+)>/y, (match, names) => link(match[1], match[1], names)],
  [/\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?: +"[^"]*")?\)/y, (match, names, depth) => link(match[2], inline(match[1], names, depth + 1), names)],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"'\])!?*_~|]/y, (match, names) => link(match[0], match[0], names)],
  [/\|\|([\s\S]+?)\|\|/y, (match, names, depth) => spoiler(inline(match[1], names, depth + 1))],
  [/\*\*\*([\s\S]+?)\*\*\*(?!\*)/y, (match, names, depth) => el("strong", {}, el("em", {}, inline(match[1], names, depth + 1)))],
  [/\*\*([\s\S]+?)\*\*(?!\*)/y, (match, names, depth) => el("strong", {}, inline(match[1], names, depth + 1))],
  [/__([\s\S]+?)__(?!_)/y, (match, names, depth) => el("u", {}, inline(match[1], names, depth + 1))],
  [/~~([\s\S]+?)~~/y, (match, names, depth) => el("s", {}, inline(match[1], names, depth + 1))],
  [/\*(?=\S)((?:\*\*|\\.|[^*\\])+?)\*(?!\*)/y, (match, names, depth) => el("em", {}, inline(match[1], names, depth + 1))],
  [/(?<![\p{L}\p{N}])_((?:__|\\.|[^_\\])+?)_(?![\p{L}\p{N}])/uy, (match, names, depth) => el("em", {}, inline(match[1], names, depth + 1))],
  [/@(everyone|here)\b/y, (match) => mention(match[0])],
  [/\n/y, () => el("br")],
];

function inline(text, names, depth) {
  if (depth > MAX_DEPTH) return [text];
  const out = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const hit = ruleAt(text, at);
    if (!hit) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) out.push(plain);
    plain = "";
    out.push(hit.make(hit.match, names, depth));
    at += hit.match[0].length;
  }
  if (plain) out.push(plain);
  return out;
}

function ruleAt(text, at) {
  if (!/[\\`<[|*_~@\nh]/.test(text[at])) return null;
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { match, make };
  }
  return null;
}

function mention(text) {
  return el("span", { class: "mention" }, text);
}

function channelMention(id, names) {
  const channel = names.channel(id);
  if (!channel) return mention(`#${say("unknownChannel")}`);
  return channelButton(id, channel.thread ? channel.name : `#${channel.name}`, names);
}

function channelButton(id, label, names) {
  return el("button", { type: "button", class: "mention mention-link", "data-testid": `go-${id}`, onclick: () => names.go(id) }, label);
}

function commandMention(path, names) {
  return el("button", { type: "button", class: "mention mention-link", onclick: () => names.command(path) }, `/${path}`);
}

function spoiler(children) {
  const node = el("button", { type: "button", class: "spoiler", "aria-label": say("spoiler"), "aria-expanded": "false" }, el("span", { "aria-hidden": "true" }, children));
  node.addEventListener("click", () => {
    // Once shown it is plain text again, readable and selectable.
    node.replaceWith(el("span", { class: "spoiler-shown" }, [...node.firstElementChild.childNodes]));
  });
  return node;
}

/** A link; one that leads to a channel of this server opens it here instead of leaving the page. */
export function link(address, label, names) {
  const here = /^https?:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/\d+)?$/.exec(address);
  const channel = here && names.channel(here[1]);
  if (channel) {
    const text = label === address ? (channel.thread ? channel.name : `#${channel.name}`) : label;
    return channelButton(here[1], text, names);
  }
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

function timestamp(seconds, style) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${seconds}:${style}>`;
  const full = new Intl.DateTimeFormat(locale, STYLES.F).format(date);
  const node = el("time", { class: "timestamp", datetime: date.toISOString(), title: full });
  if (style === "R") node.dataset.relative = String(seconds);
  node.textContent = style === "R" ? relative(seconds, Date.now()) : new Intl.DateTimeFormat(locale, STYLES[style]).format(date);
  return node;
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const relativeFormat = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** "in 5 minutes", "vor 2 Stunden". */
export function relative(seconds, now) {
  const distance = seconds - now / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? UNITS.at(-1);
  return relativeFormat.format(Math.round(distance / length), unit);
}

/** Keeps the relative times on the page true. */
export function keepTimesFresh() {
  setInterval(() => {
    for (const node of document.querySelectorAll("time[data-relative]")) {
      const text = relative(Number(node.dataset.relative), Date.now());
      if (node.textContent !== text) node.textContent = text;
    }
  }, 1000);
}
