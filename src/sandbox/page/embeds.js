// Embeds and attachments of a message.

import { el, icon } from "./dom.js";
import { inlineMarkdown, link, markdown } from "./markdown.js";
import { locale, sizeOf } from "./words.js";

/** One embed: a bar in its colour, then author, title, text, fields, footer. */
export function embed(data, names) {
  const node = el(
    "div",
    { class: "embed" },
    data.author?.name ? el("div", { class: "embed-author" }, data.author.name) : null,
    data.title ? el("div", { class: "embed-title" }, title(data, names)) : null,
    data.description ? el("div", { class: "embed-text markdown" }, markdown(data.description, names)) : null,
    data.fields?.length ? el("div", { class: "embed-fields" }, data.fields.map((item) => field(item, names))) : null,
    picture(data.image?.url, ""),
    picture(data.thumbnail?.url, "thumbnail"),
    foot(data),
  );
  if (data.color !== null && data.color !== undefined) {
    node.style.setProperty("--bar", `#${data.color.toString(16).padStart(6, "0")}`);
  }
  return node;
}

function title(data, names) {
  const text = inlineMarkdown(data.title, names);
  return data.url && /^https?:\/\//.test(data.url) ? link(data.url, text, names) : text;
}

function field(item, names) {
  return el(
    "div",
    { class: item.inline ? "embed-field inline" : "embed-field" },
    el("div", { class: "embed-field-name" }, inlineMarkdown(item.name, names)),
    el("div", { class: "embed-field-value markdown" }, markdown(item.value, names)),
  );
}

function foot(data) {
  const parts = [];
  if (data.footer?.text) parts.push(data.footer.text);
  const date = data.timestamp ? new Date(data.timestamp) : null;
  if (date && !Number.isNaN(date.getTime())) parts.push(new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" }).format(date));
  return parts.length ? el("div", { class: "embed-foot" }, parts.join(" • ")) : null;
}

function picture(url, extra) {
  const local = url && localAddress(url);
  return local ? el("img", { class: `picture ${extra}`, src: local, alt: "" }) : null;
}

/** One attached file; a picture of the sandbox's own is shown, everything else is a link. */
export function attachment(file) {
  const local = localAddress(file.url);
  if (local && /^image\/(png|jpeg|gif|webp)$/.test(file.content_type ?? "")) {
    return el("a", { href: local, target: "_blank", rel: "noopener" }, el("img", { class: "picture", src: local, alt: file.name, loading: "lazy" }));
  }
  const name = local ? el("a", { href: local, target: "_blank", rel: "noopener" }, file.name) : el("span", {}, file.name);
  return el("div", { class: "file" }, icon("file"), el("div", {}, name, el("div", { class: "file-size" }, sizeOf(file.size))));
}

// Only what the sandbox itself serves: the page asks nobody else for anything.
function localAddress(url) {
  try {
    const parsed = new URL(url, location.href);
    return parsed.host === location.host ? parsed.pathname + parsed.search : null;
  } catch {
    return null;
  }
}
