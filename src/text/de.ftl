### Alle Texte auf Deutsch. en.ftl enthält dieselben Texte auf Englisch; der Build vergleicht beide.
### Angesprochen wird mit „du“, die Fachbegriffe sind die der Branche.

## Knöpfe und Auswahllisten

button-solved = Das hat geholfen
button-open = Ticket öffnen
button-claim = Übernehmen
button-escalate = Eskalieren
button-resolve = Lösen
button-close = Schließen
button-accept = Annehmen
button-hand-back = Zurückgeben
button-reopen = Wieder öffnen
button-works = Funktioniert
button-still-a-problem = Problem besteht weiter
button-previous = Zurück
button-next = Weiter
select-other-answers = Weitere Antworten
select-maybe = Artikel auswählen
select-specialism = An wen?

## Zustände, Level, Prioritäten

status-queued = Wartet auf den First Level
status-claimed = In Bearbeitung
status-escalated = Wartet auf den Second Level
status-accepted = In Bearbeitung im Second Level
status-resolved = Gelöst, wartet auf Bestätigung
status-closed = Geschlossen
level-first = First Level
level-second = Second Level
level-second-named = Second Level, { $specialism }
priority-p1 = P1, bei vielen steht die Arbeit still
priority-p2 = P2, bei einer Person steht die Arbeit still
priority-p3 = P3, normal
priority-p4 = P4, wenn Zeit ist
specialism-default = Second Level
nobody-yet = Noch niemand
holder-since = { $holder } seit { $since }
language-mark-en = auf Englisch
language-mark-de = auf Deutsch

## Karten

card-title = #{ $number } · { $subject }
card-state = Status
card-responsible = Zuständig
card-level = Level
card-priority = Priorität
card-category = Kategorie
card-due = Fällig
card-requester = Von
card-opened = Geöffnet
card-thread = Thread
card-question = Frage an die Wissensdatenbank
card-offered = Wurde angeboten, half nicht
card-attachment = Datei
card-bounces = Zurückgegeben
card-reopened = Wieder geöffnet
card-solution = Lösung
card-closed = Geschlossen
card-no-details = Keine weiteren Angaben.
times =
    { $count ->
        [one] einmal
       *[other] { $count }-mal
    }

## Eskalation

packet-title = Eskalation von #{ $number } · { $subject }
packet-waiting = Wartet darauf, dass jemand annimmt.
packet-accepted = Angenommen von { $specialist } { $since }.
packet-handed-back = Zurückgegeben von { $specialist } { $since }: { $reason }
packet-over = Hier ist nichts mehr zu tun. Stand des Tickets: { $state }.
packet-to = An
packet-by = Übergeben von
packet-tried = Was versucht wurde
packet-expected = Was erwartet wird
packet-request = Die Anfrage
packet-story = Verlauf
packet-not-said = Keine Angabe

## Was geschah, je eine Zeile

event-opened = geöffnet von { $who }
event-claimed = übernommen von { $who }
event-released = zurück in die Warteschlange gelegt von { $who }
event-assigned = { $agent } zugewiesen von { $who }
event-escalated = an { $specialism } eskaliert von { $who }
event-accepted = angenommen von { $who }
event-handed-back = zurückgegeben von { $who }: { $reason }
event-resolved = gelöst von { $who }: { $solution }
event-closed = geschlossen von { $who }: { $reason }
event-reopened = wieder geöffnet von { $who }
event-prioritised = Priorität von { $from } auf { $to } geändert von { $who }
event-categorised = Kategorie auf { $category } gesetzt von { $who }
event-noted = Notiz von { $who }: { $text }
event-member-added = { $member } hinzugefügt von { $who }
event-rated = mit { $stars } von 5 bewertet von { $who }
event-by-the-desk = System
close-reason-confirmed = die Lösung funktioniert
close-reason-silence = keine Antwort auf die Lösung
close-reason-manual = von Hand geschlossen

## Im Thread des Tickets

say-solution-title = Die Lösung für dein Ticket #{ $number }
say-solution-question = Funktioniert es? Wenn ich nichts höre, schließe ich das Ticket { $closes }.
say-solution-confirmed = Danke für die Rückmeldung. Das Ticket ist jetzt geschlossen.
say-solution-reopened = Danke für die Rückmeldung. Wir machen weiter.
say-handed-back = Der Second Level gibt #{ $number } an { $agent } zurück: { $reason }
say-reopened-held = { $by } hat #{ $number } wieder geöffnet. Es liegt wieder bei { $holder }.
say-reopened-queue = { $by } hat #{ $number } wieder geöffnet. Es ist zurück in der Warteschlange.

## Abschlussnotiz im Support-Kanal; andere lesen mit, deshalb ohne Betreff

closing-title = Ticket #{ $number } ist geschlossen
closing-text = Wie war unsere Hilfe? 1 ist schlecht, 5 ist hervorragend. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-rated = Danke für deine Bewertung. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-reopened-title = Ticket #{ $number } ist wieder offen
closing-reopened-text = Es geht weiter in { $thread }.
closing-reopened-text-unlinked = Es geht in seinem Thread weiter.

## Geöffnet

opened-linked = Ticket #{ $number } ist aufgenommen. Alles Weitere läuft in { $thread }.
opened-unlinked = Ticket #{ $number } ist aufgenommen. Der Link zu seinem Thread folgt gleich.
