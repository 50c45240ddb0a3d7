// Every word of the page itself, in English and in German.
//
// The language is the browser's first one that is German or English; `?lang=`
// in the address decides over it. What the bot says is not touched here.

const ENGLISH = {
  brand: "Sandbox",
  peopleLabel: "Play as",
  personTab: "{name}, {role}, Alt+{number}",
  unread: { one: "{count} unread message", other: "{count} unread messages" },
  mentions: { one: "{count} mention", other: "{count} mentions" },
  nobody: "The sandbox has no people. As soon as somebody joins, they appear here.",
  member: "Member",
  channelsLabel: "Channels and threads",
  channelNone: "There is no channel that {name} may see.",
  openMenu: "Channels",
  threadArchived: "archived",
  archivedBanner: "This thread is archived. Writing here opens it again.",
  lockedBanner: "This thread is closed and locked. Only moderators can open it again.",
  privateThread: "private thread",
  thread: "thread",
  directMessage: "direct messages",
  logLabel: "Messages in {channel}",
  emptyTitle: "Welcome to {channel}",
  empty: "Nothing has been written here that {name} can see.",
  newMessages: "New messages",
  app: "APP",
  edited: "(edited)",
  onlyYou: "Only you can see this",
  dismiss: "Dismiss message",
  thinking: "{name} is thinking…",
  usedCommand: "{name} used {command}",
  failed: "This interaction failed",
  systemAdded: "{name} added {other} to the thread.",
  systemRemoved: "{name} removed {other} from the thread.",
  systemRenamed: "{name} changed the thread's name: {other}",
  moreActions: "More actions for this message",
  apps: "Apps",
  noApps: "No app offers anything here.",
  deleteMessage: "Delete message",
  leaveThread: "Leave thread",
  today: "Today",
  yesterday: "Yesterday",
  spoiler: "Hidden text, press to show",
  selectPlaceholder: "Make a selection",
  selectCount: "Choose {min} to {max}",
  selectEmpty: "Nothing to choose",
  composerLabel: "Message {channel}",
  composerHint: "Enter sends, Shift+Enter starts a new line, / lists commands",
  send: "Send",
  pickerCommands: "Commands",
  pickerNone: "No command fits.",
  pickerNoMatch: "No match",
  pickerNothing: "No suggestions. What you type is sent as it is.",
  commandRun: "Enter sends the command, Esc goes back to text",
  required: "required",
  optional: "optional",
  optionRequired: "“{name}” is needed.",
  optionUnknown: "Choose one of the entries listed for “{name}”.",
  addOption: "Add option {name}",
  removeOption: "Remove option {name}",
  chooseFile: "Choose a file",
  fileChosen: "{name} ({size})",
  yes: "True",
  no: "False",
  modalSubmit: "Submit",
  modalCancel: "Cancel",
  modalWarning: "This form belongs to {name}. Never give away a password.",
  fieldRequired: "Please fill in this field.",
  fieldShort: { one: "At least {count} character.", other: "At least {count} characters." },
  offline: "The connection to the sandbox is lost. Trying again…",
  refusedFallback: "That did not work ({status}).",
  unreachable: "The sandbox did not answer. Is it still running?",
  hints: "Try this",
  hintsClose: "Close the hints",
  hintsIntro: "One server, three people. Play a ticket from the first question to its end:",
  hintAs: "as {name}",
  hintGo: "Switch to {name}",
  keys: "Alt+1, Alt+2, Alt+3 switch people. Alt+↑ and Alt+↓ change the channel.",
  unknownUser: "unknown person",
  unknownRole: "unknown role",
  unknownChannel: "unknown channel",
  bytes: "{count} bytes",
};

const GERMAN = {
  brand: "Sandbox",
  peopleLabel: "Spielen als",
  personTab: "{name}, {role}, Alt+{number}",
  unread: { one: "{count} ungelesene Nachricht", other: "{count} ungelesene Nachrichten" },
  mentions: { one: "{count} Erwähnung", other: "{count} Erwähnungen" },
  nobody: "Die Sandbox hat keine Personen. Sobald jemand beitritt, erscheint er hier.",
  member: "Mitglied",
  channelsLabel: "Kanäle und Threads",
  channelNone: "Es gibt keinen Kanal, den {name} sehen darf.",
  openMenu: "Kanäle",
  threadArchived: "archiviert",
  archivedBanner: "Dieser Thread ist archiviert. Wer hier schreibt, öffnet ihn wieder.",
  lockedBanner: "Dieser Thread ist geschlossen und gesperrt. Nur Moderatoren können ihn wieder öffnen.",
  privateThread: "privater Thread",
  thread: "Thread",
  directMessage: "Direktnachrichten",
  logLabel: "Nachrichten in {channel}",
  emptyTitle: "Willkommen in {channel}",
  empty: "Hier steht noch nichts, das {name} sehen kann.",
  newMessages: "Neue Nachrichten",
  app: "APP",
  edited: "(bearbeitet)",
  onlyYou: "Nur du kannst das sehen",
  dismiss: "Nachricht verwerfen",
  thinking: "{name} denkt nach…",
  usedCommand: "{name} hat {command} benutzt",
  failed: "Diese Interaktion ist fehlgeschlagen",
  systemAdded: "{name} hat {other} zum Thread hinzugefügt.",
  systemRemoved: "{name} hat {other} aus dem Thread entfernt.",
  systemRenamed: "{name} hat den Thread umbenannt: {other}",
  moreActions: "Weitere Aktionen für diese Nachricht",
  apps: "Apps",
  noApps: "Hier bietet keine App etwas an.",
  deleteMessage: "Nachricht löschen",
  leaveThread: "Thread verlassen",
  today: "Heute",
  yesterday: "Gestern",
  spoiler: "Verdeckter Text, drücken zum Zeigen",
  selectPlaceholder: "Triff eine Auswahl",
  selectCount: "{min} bis {max} auswählen",
  selectEmpty: "Nichts zur Auswahl",
  composerLabel: "Nachricht an {channel}",
  composerHint: "Enter sendet, Umschalt+Enter beginnt eine neue Zeile, / zeigt die Befehle",
  send: "Senden",
  pickerCommands: "Befehle",
  pickerNone: "Kein Befehl passt.",
  pickerNoMatch: "Kein Treffer",
  pickerNothing: "Keine Vorschläge. Dein Text wird so gesendet.",
  commandRun: "Enter sendet den Befehl, Esc führt zurück zum Text",
  required: "erforderlich",
  optional: "freiwillig",
  optionRequired: "„{name}“ wird gebraucht.",
  optionUnknown: "Wähle für „{name}“ einen Eintrag der Liste.",
  addOption: "Option {name} hinzufügen",
  removeOption: "Option {name} entfernen",
  chooseFile: "Datei auswählen",
  fileChosen: "{name} ({size})",
  yes: "Wahr",
  no: "Falsch",
  modalSubmit: "Absenden",
  modalCancel: "Abbrechen",
  modalWarning: "Dieses Formular gehört zu {name}. Gib niemals ein Passwort weiter.",
  fieldRequired: "Bitte fülle dieses Feld aus.",
  fieldShort: { one: "Mindestens {count} Zeichen.", other: "Mindestens {count} Zeichen." },
  offline: "Die Verbindung zur Sandbox ist unterbrochen. Neuer Versuch…",
  refusedFallback: "Das hat nicht geklappt ({status}).",
  unreachable: "Die Sandbox antwortet nicht. Läuft sie noch?",
  hints: "Probier das",
  hintsClose: "Hinweise schließen",
  hintsIntro: "Ein Server, drei Personen. Spiele ein Ticket von der ersten Frage bis zum Ende:",
  hintAs: "als {name}",
  hintGo: "Zu {name} wechseln",
  keys: "Alt+1, Alt+2, Alt+3 wechseln die Person. Alt+↑ und Alt+↓ wechseln den Kanal.",
  unknownUser: "unbekannte Person",
  unknownRole: "unbekannte Rolle",
  unknownChannel: "unbekannter Kanal",
  bytes: "{count} Bytes",
};

// Steps of a whole ticket. `person` counts the people in the order of their tabs. Buttons are described,
// not quoted: the bot labels them in the language of the person who is played, not in that of the browser.
const ENGLISH_HINTS = [
  { person: 0, text: "Type `/support` and ask about your *VPN that does not connect*.", start: "/support" },
  { person: 0, text: "Read the answer. Does it not help? The last button below it **opens a ticket**: fill in the form, and a private thread appears on the left." },
  { person: 1, text: "The queue channel has a new card. Its first button **claims** the ticket." },
  { person: 1, text: "Too difficult? **Escalate** it, and write down what was tried." },
  { person: 2, text: "You were mentioned in the queue channel. **Accept** the ticket, and its thread appears on the left." },
  { person: 2, text: "Open the thread and **resolve** the ticket: what you write is what the employee reads." },
  { person: 0, text: "In the thread, **confirm** that it works. It is closed and locked; a note in the support channel can **reopen** it." },
];

const GERMAN_HINTS = [
  { person: 0, text: "Tippe `/support` und frage nach deinem *VPN, das sich nicht verbindet*.", start: "/support" },
  { person: 0, text: "Lies die Antwort. Hilft sie nicht? Die letzte Schaltfläche darunter **öffnet ein Ticket**: Fülle das Formular aus, und links erscheint ein privater Thread." },
  { person: 1, text: "Im Kanal der Warteschlange steht eine neue Karte. Ihre erste Schaltfläche **übernimmt** das Ticket." },
  { person: 1, text: "Zu schwierig? **Eskaliere** es und schreib auf, was schon versucht wurde." },
  { person: 2, text: "Du wurdest im Kanal der Warteschlange erwähnt. **Nimm** das Ticket **an**, dann erscheint links sein Thread." },
  { person: 2, text: "Öffne den Thread und **löse** das Ticket: Was du schreibst, liest die Kollegin." },
  { person: 0, text: "**Bestätige** im Thread, dass es wieder geht. Er wird geschlossen und gesperrt; eine Notiz im Support-Kanal kann ihn **wieder öffnen**." },
];

function preferred() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wishes = asked ? [asked] : navigator.languages ?? [navigator.language];
  return wishes.map((tag) => tag.toLowerCase().slice(0, 2)).find((tag) => tag === "de" || tag === "en") ?? "en";
}

/** "de" or "en": the language of the page. */
export const language = preferred();

/** The reader's own tag ("de-AT") for dates and numbers, when it is of the page's language. */
export const locale = (navigator.languages ?? []).find((tag) => tag.toLowerCase().startsWith(language)) ?? language;

/** The steps of the "try this" list. */
export const hints = language === "de" ? GERMAN_HINTS : ENGLISH_HINTS;

const WORDS = language === "de" ? GERMAN : ENGLISH;
const plural = new Intl.PluralRules(locale);

/** The text of that name, with its `{places}` filled. */
export function say(name, places = {}) {
  const entry = WORDS[name] ?? ENGLISH[name];
  const text = typeof entry === "string" ? entry : entry[plural.select(places.count)] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in places ? String(places[key]) : whole));
}

/** A file's size in words. */
export function sizeOf(bytes) {
  if (bytes < 1024) return say("bytes", { count: bytes });
  const units = ["KiB", "MiB"];
  const power = bytes < 1024 * 1024 ? 0 : 1;
  const amount = bytes / 1024 ** (power + 1);
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(amount)} ${units[power]}`;
}
