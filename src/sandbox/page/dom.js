// Building and updating the page's elements.
//
// Everything shown is made of elements and text nodes; no text that came from
// the sandbox is ever read as HTML. Lists are updated by key, so that an
// element a person is typing in, has focused or is reading stays the same one.

const PROPERTIES = new Set(["value", "disabled", "hidden", "checked", "readOnly", "multiple", "required"]);

/** Makes an element. `on…` entries are listeners, the others attributes; false and null are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    set(node, name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Makes the children of `parent` match `items` in order. What is no longer
 * wanted goes first, so that nothing which stays has to be moved (moving an
 * element takes the focus away from it).
 */
export function reconcile(parent, items, keyOf, create, update = () => {}) {
  const wanted = new Set(items.map(keyOf));
  const known = new Map();
  for (const node of [...parent.children]) {
    if (wanted.has(node.dataset.key)) known.set(node.dataset.key, node);
    else node.remove();
  }
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let node = known.get(key);
    if (!node) {
      node = create(item);
      node.dataset.key = key;
    }
    update(node, item);
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}

const signatures = new WeakMap();

/**
 * Rebuilds the inside of `container` when `source` is not what it was built
 * from. A focused control is found again by its `data-focus`; when it is gone,
 * the focus goes to what it stood in (a message), not back to the page's top.
 */
export function refresh(container, source, build) {
  const signature = JSON.stringify(source);
  if (signatures.get(container) === signature) return false;
  signatures.set(container, signature);
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  container.replaceChildren(...build().flat().filter(Boolean));
  if (focused) {
    const again = [...container.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === focused);
    (again ?? container.closest("[tabindex]"))?.focus({ preventScroll: true });
  }
  return true;
}

/** Sets the text only when it differs, so that selections and live regions are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const ICONS = {
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  hash: "M9 3h2l-.6 5h4L15 3h2l-.6 5H20v2h-3.9l-.5 4H19v2h-3.7L14.7 21h-2l.6-5h-4L8.7 21h-2l.6-5H4v-2h3.600l.5-4H5V8h3.400zm1.1 7-.5 4h4l.5-4z",
  thread: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm2 4v2h10V8zm0 4v2h6v-2z",
  mail: "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm1 3v9h14V8l-7 5z",
  lock: "M7 10V8a5 5 0 0 1 10 0v2h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm2 0h6V8a3 3 0 0 0-6 0z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12 5 6.400z",
  eye: "M12 5c5 0 8.5 4 10 7-1.5 3-5 7-10 7s-8.5-4-10-7c1.5-3 5-7 10-7zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  more: "M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  chevron: "M6 9l1.4-1.400L12 12.200l4.6-4.600L18 9l-6 6z",
  send: "M3 4l19 8-19 8v-6l11-2-11-2z",
  file: "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 2v5h5z",
  link: "M14 4h6v6h-2V7.400l-7.3 7.3-1.4-1.400L16.6 6H14zM5 6h5v2H6v10h10v-4h2v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
  check: "M9.5 17.5 4 12l1.4-1.4 4.1 4.1 9.1-9.100L20 7z",
  alert: "M12 3l10 18H2zm-1 6v6h2V9zm0 7.500v2h2v-2z",
  star: "M12 3l2.6 6 6.4.6-4.9 4.3 1.5 6.300L12 16.8 6.4 20.200l1.5-6.300L3 9.6 9.4 9z",
};

/** A small drawing in the text's colour, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

const HUES = [212, 152, 18, 268, 336, 186, 300, 356];

/** A round portrait: initials on a colour that follows from the name. */
export function avatar(name, extra = "") {
  const node = el("span", { class: `avatar ${extra}`, "aria-hidden": "true" }, initials(name));
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  const hue = HUES[sum % HUES.length];
  node.style.setProperty("--hue", String(hue));
  return node;
}

/** At most two letters that stand for a name. */
export function initials(name) {
  const words = name.split(/[\s_-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0]);
  return letters.join("").toUpperCase() || "?";
}

/** When the thing with this Discord id was made, in milliseconds (Discord docs, reference, snowflakes). */
export function timeOf(id) {
  return Number((BigInt(id) >> 22n) + 1420070400000n);
}
