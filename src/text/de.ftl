### Alle Texte auf Deutsch. en.ftl enthält dieselben Texte auf Englisch; der Build vergleicht beide.
### Angesprochen wird mit „du“, die Fachbegriffe sind die der Branche.

## Knöpfe und Auswahllisten

button-solved = Das hat geholfen
button-open = Ticket öffnen
button-claim = Übernehmen
button-escalate = Eskalieren
button-resolve = Lösen
button-close = Schließen
button-wait = Auf Antwort warten
button-go-on = Weitermachen
button-accept = Annehmen
button-hand-back = Zurückgeben
button-reopen = Wieder öffnen
button-comment = Kommentar hinzufügen
button-works = Funktioniert
button-still-a-problem = Problem besteht weiter
button-previous = Zurück
button-next = Weiter
select-other-answers = Weitere Antworten
select-specialism = An wen?

## Zustände, Level, Prioritäten

status-queued = Wartet auf den First Level
status-claimed = In Bearbeitung
status-escalated = Wartet auf den Second Level
status-accepted = In Bearbeitung im Second Level
status-waiting = Wartet auf Antwort der anfragenden Person
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
holder-since = { $holder }, { $since }
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
card-overdue = { $due }, überfällig
card-waiting = Wartet seit
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
card-notes = Notizen
card-rating = Bewertung
card-rating-value = { $stars } von 5
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
event-waiting = die Uhr angehalten, um auf Antwort zu warten, von { $who }
event-went-on = die Uhr läuft weiter, durch { $who }
event-answered = erste Antwort von { $who }
event-found-idle = zurück in die Warteschlange gelegt, weil von { $agent } lange nichts zu sehen war
event-overdue = war fällig { $due }
event-prioritised = Priorität von { $from } auf { $to } geändert von { $who }
event-categorised = Kategorie auf { $category } gesetzt von { $who }
event-noted = Notiz von { $who }: { $text }
event-replied = beantwortet von { $who } mit „{ $name }“: { $text }
event-member-added = { $member } hinzugefügt von { $who }
event-rated = mit { $stars } von 5 bewertet von { $who }
event-rating-commented = { $who } zur Bewertung: { $text }
event-by-the-desk = System
close-reason-confirmed = die Lösung funktioniert
close-reason-silence = keine Antwort auf die Lösung
close-reason-no-answer = keine Antwort auf unsere Rückfrage
close-reason-manual = von Hand geschlossen

## Im Thread des Tickets

say-solution-title = Die Lösung für dein Ticket #{ $number }
say-solution-question = Funktioniert es? Wenn ich nichts höre, schließe ich das Ticket { $closes }.
say-solution-confirmed = Danke für die Rückmeldung. Das Ticket ist jetzt geschlossen.
say-solution-reopened = Danke für die Rückmeldung. Wir machen weiter.
say-canned-from = **Antwort von { $agent }**
say-handed-back = Der Second Level gibt #{ $number } an { $agent } zurück: { $reason }
say-due-soon = { $ticket } ist fällig { $due }.
say-overdue = { $ticket } ist überfällig. Es war fällig { $due }.
say-answer-owed = In { $ticket } kam { $since } eine Nachricht der anfragenden Person, und noch niemand hat geantwortet.
say-found-idle = { $ticket } war bei dir, und lange war nichts davon zu sehen. Es liegt jetzt wieder in der Warteschlange. Übernimm es noch einmal, wenn du dran bist.
say-waiting = { $by } braucht eine Antwort von dir, bevor es weitergeht. Schreib sie einfach hier.
say-nudge = Wir warten hier noch auf deine Antwort. Höre ich nichts, schließe ich das Ticket { $closes }. Danach kannst du es wieder öffnen.
say-closing-soon = Funktioniert die Lösung? Höre ich nichts, schließe ich das Ticket { $closes }.
say-reopened-held = { $by } hat #{ $number } wieder geöffnet. Es liegt wieder bei { $holder }.
say-reopened-queue = { $by } hat #{ $number } wieder geöffnet. Es ist zurück in der Warteschlange.

## Abschlussnotiz im Support-Kanal; andere lesen mit, deshalb ohne Betreff

closing-title = Ticket #{ $number } ist geschlossen
closing-text = Wie war unsere Hilfe? 1 ist schlecht, 5 ist hervorragend. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-rated = Danke für deine Bewertung. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-commented = Danke, dein Kommentar ist beim Team. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-reopened-title = Ticket #{ $number } ist wieder offen
closing-reopened-text = Es geht weiter in { $thread }.
closing-reopened-text-unlinked = Es geht in seinem Thread weiter.

## Geöffnet

opened-linked = Ticket #{ $number } ist aufgenommen. Alles Weitere läuft in { $thread }.
opened-unlinked = Ticket #{ $number } ist aufgenommen. Der Link zu seinem Thread folgt gleich.

## Antworten

answer-maybe = Ich bin nicht sicher, ob das passt, aber es kommt am nächsten. Hilft hier nichts, öffne ein Ticket, dann übernimmt ein Mensch.
answer-none-title = Dazu habe ich nichts gefunden
answer-none = Öffne ein Ticket, dann übernimmt ein Mensch. Deine Frage geht mit.
answer-solved = Schön, dass es geholfen hat. Kommt es wieder, frag noch einmal mit `/support`.
kb-nothing-found = In der Wissensdatenbank passt nichts. Versuch es mit anderen Worten.

## Formulare

form-open-title = Ticket öffnen
form-open-subject = Worum geht es?
form-open-details = Was passiert, seit wann? (optional)
form-escalate-title = #{ $number } eskalieren
form-escalate-tried = Was wurde versucht?
form-escalate-expected = Was soll der Second Level tun? (optional)
form-resolve-title = #{ $number } lösen
form-resolve-text = Die Lösung, wie die Person sie liest
form-close-title = #{ $number } schließen
form-close-text = Warum? (optional)
form-hand-back-title = #{ $number } zurückgeben
form-hand-back-text = Warum geht es an den First Level zurück?
form-comment-title = Dein Kommentar zu #{ $number }
form-comment-text = Was lief gut, was nicht?
form-note-title = Notiz zu #{ $number }
form-note-text = Was das Team wissen soll
escalate-which = An wen übergibst du #{ $number }?

## Listen

list-mine-title =
    { $count ->
        [one] Dein Ticket
       *[other] Deine { $count } Tickets
    }
list-mine-empty = Du hast keine Tickets. Stell eine Frage mit `/support`.
list-queue-title =
    { $count ->
        [one] 1 Ticket wartet auf Bearbeitung
       *[other] { $count } Tickets warten auf Bearbeitung
    }
list-queue-empty = Die Warteschlange ist leer.
list-due = { $priority }, fällig { $due }
list-page = Seite { $page } von { $pages }

## Was getan wurde

done-claimed = #{ $number } gehört jetzt dir.
done-released = #{ $number } liegt wieder in der Warteschlange.
done-assigned = #{ $number } liegt jetzt bei { $agent }.
done-escalated = #{ $number } ist an den Second Level übergeben. Du bleibst im Thread.
done-accepted = #{ $number } gehört jetzt dir. Du wirst zum Thread hinzugefügt.
done-handed-back = #{ $number } liegt wieder beim First Level.
done-waiting = #{ $number } wartet auf eine Antwort. Die Uhr steht, bis sie kommt oder du weitermachst.
done-going-on = #{ $number } geht weiter, und seine Uhr auch.
done-resolved = Die Person hat die Lösung zu #{ $number } und wird gefragt, ob sie funktioniert.
done-closed = #{ $number } ist geschlossen.
done-reopened = #{ $number } ist wieder offen.
done-prioritised = #{ $number } hat jetzt die Priorität { $priority }.
done-categorised = #{ $number } ist jetzt in der Kategorie { $category }.
done-noted = Die Notiz zu #{ $number } ist gespeichert. Nur das Team kann sie lesen.
done-replied = Die Antwort zu #{ $number } ist unterwegs.
done-added = { $member } wird zum Thread von #{ $number } hinzugefügt.

## Absagen: ein Satz, der sagt, was zu tun ist

refused-not-set-up = Dieser Server hat noch keinen Support-Desk. Wer den Server verwalten darf, richtet ihn mit `/desk einrichten` ein.
refused-no-such-ticket = Ein solches Ticket gibt es hier nicht. `/tickets` zeigt deine.
refused-no-such-question = Diese Frage habe ich nicht mehr. Bitte stell sie noch einmal mit `/support`.
refused-text-missing = Es fehlt etwas Lesbares. Bitte schreib mindestens ein Wort und sende es noch einmal.
refused-text-too-long = Das ist zu lang. Bitte kürze es auf { $max } Zeichen.
refused-not-an-agent = { $user } hat die Rolle des First Level nicht. Wähle jemanden, der sie hat.
refused-which-specialism = Es gibt mehrere Fachgebiete. Nenne eines mit der Option `fachgebiet`: { $names }
refused-no-such-specialism = Ein solches Fachgebiet gibt es hier nicht. Wähle eines aus den Vorschlägen.
refused-no-such-reply = Eine solche vorbereitete Antwort gibt es nicht. Wähle eine aus den Vorschlägen.
refused-not-rated = Bitte bewerte zuerst die Hilfe, dann kannst du sie kommentieren.
refused-rating = Eine Bewertung geht von 1 bis 5. Bitte nimm die Knöpfe der Abschlussnotiz.
refused-waiting = Dieses Ticket wartet seit { $since } auf eine Antwort. Ohne sie geht es weiter mit `/ticket warten vorbei:True`.
refused-weekday = „{ $part }“ ist kein Wochentag, den ich kenne. Schreib die Zeiten so: `Mo-Fr 08:00-12:00, 13:00-17:00; Sa 9-12`.
refused-time = „{ $part }“ ist keine Zeit, die ich lesen kann. Schreib die Zeiten so: `Mo-Fr 08:00-12:00, 13:00-17:00; Sa 9-12`.
refused-times-missing = Es fehlen die Zeiten. Schreib sie so: `Mo-Fr 08:00-12:00, 13:00-17:00; Sa 9-12`.
refused-weekday-missing = „{ $part }“ steht ohne Wochentag da. Schreib die Zeiten so: `Mo-Fr 08:00-12:00, 13:00-17:00`.
refused-backwards = „{ $part }“ endet, bevor es beginnt. Eine Zeit über Mitternacht besteht aus zweien: `Mo 22:00-24:00; Di 0:00-6:00`.
refused-overlap = „{ $part }“ überschneidet sich mit einer anderen Zeit desselben Tags. Nenn jede Zeit nur einmal.
refused-date = „{ $part }“ ist kein Datum, das ich lesen kann. Schreib freie Tage so: `24.12., 15.05.2026, 03.08.2026-14.08.2026`. Ohne Jahr gelten sie jedes Jahr.
refused-days-off-too-many = Das sind mehr als { $max } freie Tage. Leg sie in eine Kalenderdatei und schick sie mit der Option `kalender`.
refused-span = „{ $part }“ ist keine Zeitspanne, die ich lesen kann. Schreib Minuten, Stunden oder Arbeitstage: `30m`, `4h`, `2d`, höchstens 90 Tage.
refused-ics-none = Ich kann diese Datei nicht als Kalender lesen. Exportier sie als iCalendar (`.ics`) und schick sie noch einmal.
refused-ics-too-large = Diese Datei ist größer als { $max } KiB. Exportier einen Kalender, in dem nur die freien Tage stehen.
refused-ics-too-many = Diese Datei hat mehr als { $max } freie Tage. Exportier einen Kalender, in dem nur die freien Tage stehen.
refused-ics-empty = In diesem Kalender steht kein ganzer Tag. Freie Tage sind Termine, die den ganzen Tag dauern.
refused-no-such-zone = Diese Zeitzone kenne ich nicht. Wähle aus den Vorschlägen, zum Beispiel `Europe/Berlin`.
refused-hours-incomplete = Geschäftszeiten beginnen mit einer Zeitzone und den Zeiten der Woche. Gib beides an, `zeitzone` und `woche`.
refused-never-open = Damit hätte der Desk nie wieder offen. Lass mindestens eine Zeit der Woche und einen Tag, der nicht frei ist.
refused-sla-backwards = Damit wäre eine Lösung früher versprochen als eine erste Antwort. Ändere beide so, dass die erste Antwort zuerst kommt.
refused-sla-incomplete = Für welche Priorität? Gib sie mit der Option `priorität` an.
refused-taken = { $holder } hat dieses Ticket { $since } übernommen. Sprecht euch ab, oder nimm ein anderes aus `/tickets warteschlange`.
refused-taken-by-you = Du hast dieses Ticket { $since } übernommen.
refused-wrong-state = Das passt nicht mehr zum Stand des Tickets. Es ist jetzt: { $state }.
refused-too-late = Dieses Ticket wurde { $closed } geschlossen, das ist zu lange her. Bitte öffne ein neues mit `/support`.
denied-role-only = Das können nur Mitglieder von { $role }. Frag eines von ihnen, oder im Thread des Tickets.
denied-staff-only = Das können nur First und Second Level. Frag sie im Thread deines Tickets.
denied-holder-only = { $holder } hat dieses Ticket { $since } übernommen und entscheidet darüber. Sprecht euch ab, oder lass es dir mit `/ticket zuweisen` geben.
denied-requester-only = Das kann nur die Person, die das Ticket geöffnet hat.
denied-managers-only = Das können nur Leute, die den Server verwalten dürfen. Frag jemanden von ihnen.
mistake-outside-server = Ich arbeite nur auf einem Server. Nutze mich auf dem Server deiner Firma.
mistake-unknown-button = Dieser Knopf stammt aus einer älteren Version. Nutze `/ticket`, oder frag noch einmal mit `/support`.
mistake-unknown-command = Dieser Befehl hat sich gerade geändert. Lade Discord neu und versuch es noch einmal.
mistake-number-missing = Welches Ticket? Nutze den Befehl im Thread des Tickets, oder gib mit der Option `nummer` seine Nummer an.
mistake-no-such-article = Diesen Artikel gibt es nicht mehr. Frag noch einmal mit `/support`, oder wähle aus den Vorschlägen von `/wissen zeigen`.
mistake-file-unreached = Ich konnte die Datei nicht von Discord holen. Bitte schick sie noch einmal.
mistake-role-missing = Ein Fachgebiet braucht eine Rolle, deren Mitglieder gefragt werden. Gib sie mit der Option `rolle` an, oder nimm das Fachgebiet mit `entfernen` außer Gebrauch.
mistake-undecodable = Discord hat etwas geschickt, das ich noch nicht lesen kann. Nutze stattdessen `/support` oder `/ticket`.
incident = Das ging auf unserer Seite schief, nicht deinetwegen. Bitte versuch es gleich noch einmal. Bleibt es dabei, nenn deinem Admin diese Nummer: **{ $incident }**

## Einrichten

set-up-refused-title = Nicht gespeichert: es fehlt etwas
set-up-try-again = Ändere das in den Einstellungen von Discord und nutze dann noch einmal `/desk einrichten`.
set-up-kept = Was vorher gespeichert war, gilt weiter. Ändere das in den Einstellungen von Discord und nutze dann noch einmal `/desk einrichten`.
set-up-saved-title = Der Desk ist offen
set-up-saved = Tickets werden private Threads in { $support }, ihre Karten stehen in { $queue }. First Level ist { $first }, Second Level ist { $second }. Probier es aus: stell eine Frage mit `/support`.
set-up-warnings = Einen Blick wert
check-title = Wie der Desk dasteht
check-good = Alles, was der Desk braucht, ist erlaubt.
check-given-up = Konnte nicht zugestellt werden
specialisms-title = Fachgebiete
specialisms-check = /desk prüfen sieht sich ihre Kanäle und Rollen an
hours-title = Geschäftszeiten
hours-always = Es sind keine Geschäftszeiten festgelegt, deshalb laufen alle Uhren Tag und Nacht. Leg sie mit den Optionen `zeitzone` und `woche` fest.
hours-zone = Zeitzone
hours-holidays = Feiertage
hours-days-off = Freie Tage
hours-imported = Freie Tage aus der Kalenderdatei
hours-left-out = Ausgelassen
hours-left-out-why =
    { $count ->
        [one] 1 Termin der Datei, weil er nicht den ganzen Tag dauert oder sich anders als jährlich wiederholt.
       *[other] { $count } Termine der Datei, weil sie nicht den ganzen Tag dauern oder sich anders als jährlich wiederholen.
    }
weekday-1 = Mo
weekday-2 = Di
weekday-3 = Mi
weekday-4 = Do
weekday-5 = Fr
weekday-6 = Sa
weekday-7 = So
sla-title = Was versprochen ist
sla-business = Gezählt in Geschäftszeit. Tage sind Arbeitstage.
sla-wall-clock = Gezählt bei Tag und Nacht, weil keine Geschäftszeiten festgelegt sind.
sla-promise = Erste Antwort innerhalb von { $first }, Lösung innerhalb von { $solved }
sla-promise-always = Erste Antwort innerhalb von { $first }, Lösung innerhalb von { $solved }, rund um die Uhr
sla-idle = Stille Tickets zurück nach
sla-answer = Erinnerung an offene Antwort nach
span-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
span-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
span-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tagen
    }
finding-channel-gone = Den Kanal { $channel } gibt es nicht mehr, oder ich sehe ihn nicht. Wähle einen anderen.
finding-not-a-text-channel = { $channel } ist kein Textkanal. Wähle einen gewöhnlichen Textkanal.
finding-same-channel = { $channel } kann nicht beides sein: die Warteschlange ist nur für das Team. Wähle zwei Kanäle.
finding-role-gone = Die Rolle { $role } gibt es nicht mehr. Wähle eine andere.
finding-everyone-is-staff = Mit @everyone als Teamrolle könnten alle jedes Ticket lesen. Wähle eine andere Rolle.
finding-managed-role = { $role } gehört zu einer App oder Integration, niemand kann sie bekommen. Wähle eine andere Rolle.
finding-cannot-mention = Ich kann { $role } in { $channel } nicht erwähnen. Erlaube allen, die Rolle zu erwähnen, oder gib mir dort „@everyone, @here und alle Rollen erwähnen“.
finding-bot-lacks = Mir fehlt „{ $right }“ in { $channel }.
finding-role-lacks = { $role } fehlt „{ $right }“ in { $channel }.
finding-visible-to-everyone = Alle können { $channel } sehen. Karten enthalten, was Leute geschrieben haben; das sollte nur das Team sehen.
finding-everyone-lacks = @everyone fehlt „{ $right }“ in { $channel }, deshalb können dort nicht alle um Hilfe bitten.
right-view = Kanal ansehen
right-send = Nachrichten senden
right-create-private-threads = Private Threads erstellen
right-send-in-threads = Nachrichten in Threads senden
right-manage-threads = Threads verwalten
right-read-history = Nachrichtenverlauf anzeigen
right-embed-links = Links einbetten
right-attach-files = Dateien anhängen
right-use-commands = Anwendungsbefehle verwenden
job-create-thread = Thread anlegen
job-add-member = jemanden zum Thread hinzufügen
job-post-card = Karte anlegen
job-link-thread = Link geben
job-update-cards = Karten aktualisieren
job-escalation = Eskalation
job-say = Nachricht im Thread
job-close-thread = Thread schließen
job-open-thread = Thread wieder öffnen
job-closing-note = Abschlussnotiz

## Artikel, die im Desk geschrieben werden

button-save-solution = Als Lösung speichern
button-publish = Veröffentlichen
button-edit = Bearbeiten
button-discard = Verwerfen
button-restore = Diese Version zurückholen
button-withdraw = Offline nehmen
select-alike = Lesen, was fast dasselbe sagt
select-versions = Versionen
audience-everyone = alle
audience-staff = nur das Team
form-article-title = Einen Artikel schreiben
form-article-edit-title = Den Artikel bearbeiten
form-article-heading = Titel
form-article-body = Die Lösung, Schritt für Schritt
form-article-questions = Typische Fragen, je Zeile eine (freiwillig)
form-article-tags = Stichwörter, mit Kommas (freiwillig)
form-article-audience = Für wen? „alle“ oder „team“
form-discard-title = Den Artikel verwerfen
form-discard-reason = Warum? Wer ihn schrieb, liest es (freiw.)
review-title = Artikel zur Prüfung · { $title }
review-waiting = Von { $by } { $since } geschrieben. Stimmt er, und verstehen ihn andere? Erst wenn ihn jemand veröffentlicht, bekommen ihn andere als Antwort.
review-published = Von { $by } { $at } veröffentlicht.
review-discarded = Von { $by } { $at } verworfen.
review-withdrawn = Von { $by } { $at } offline genommen.
review-questions = Typische Fragen
review-version = Version
review-audience = Für wen
review-language = Sprache
review-tags = Stichwörter
review-ticket = Aus dem Ticket
review-instead = Tritt an die Stelle des Artikels aus der Datei
review-alike = Diese sagen fast dasselbe
review-told-published = „{ $title }“ ist von { $by } veröffentlicht. Ab jetzt bekommen ihn andere als Antwort.
review-told-discarded = „{ $title }“ hat { $by } verworfen.
review-told-discarded-because = „{ $title }“ hat { $by } verworfen: { $reason }
review-told-withdrawn = „{ $title }“ hat { $by } offline genommen.
review-told-waiting = „{ $title }“ wartet wieder auf Prüfung.
review-list-title =
    { $count ->
        [one] 1 Artikel wartet auf Prüfung
       *[other] { $count } Artikel warten auf Prüfung
    }
review-list-empty = Kein Artikel wartet auf Prüfung.
article-saved = „{ $title }“ ist gespeichert und wartet auf Prüfung. Erst wenn ihn jemand veröffentlicht, bekommen ihn andere als Antwort.
article-saved-instead = Veröffentlicht tritt er auf diesem Server an die Stelle des Artikels aus der Datei; die Datei bleibt, wie sie ist.
article-withdrawn = „{ $title }“ ist offline. Stand er an der Stelle eines Artikels aus einer Datei, antwortet jetzt wieder dieser.
article-version = Das ist { $version }.
article-version-waiting = { $version } wartet auf Prüfung.
article-version-line = Version { $number } von { $by }, { $at }
article-version-option = Version { $number } vom { $day }
say-documented = Aus deiner Frage ist ein Artikel geworden: „{ $title }“. Wer als Nächstes fragt, bekommt ihn sofort. Danke.
refused-no-such-article = Diesen Artikel gibt es hier nicht. Wähle einen aus den Vorschlägen von `/wissen bearbeiten`.
refused-article-too-long = Dieser Artikel ist länger als die { $max } Zeichen, die ein Formular fasst. Bitte bearbeite seine Datei.
refused-article-published = { $by } hat das { $at } veröffentlicht. Mit `/wissen bearbeiten` lässt es sich weiter ändern.
refused-article-discarded = { $by } hat das { $at } verworfen. Mit `/wissen bearbeiten` lässt es sich wieder aufnehmen.
refused-article-withdrawn = { $by } hat das { $at } offline genommen. Mit `/wissen bearbeiten` lässt es sich wieder aufnehmen.
refused-article-waiting = Das wartet wieder auf Prüfung. Sieh dir die neueste Karte an.
refused-article-newer = { $by } hat { $at } eine neuere Version gespeichert. Lies erst die, dann entscheide.
refused-article-not-live = Dieser Artikel ist schon offline.
denied-reviewers-only = Über Artikel entscheiden nur der Second Level, wer den Server verwalten darf und wer für den Artikel zuständig ist. `/wissen prüfen` zeigt, was wartet.
job-review = Artikel zur Prüfung
job-tell-author = Bescheid zu einem Artikel

## Befehle

command-support-name = support
command-support-description = Hilfe holen: sofort eine Antwort oder ein Ticket
command-tickets-name = tickets
command-tickets-description = Deine Tickets; für das Team auch die Warteschlange
command-ticket-name = ticket
command-ticket-description = Ein Ticket bearbeiten
command-ticket-claim-name = übernehmen
command-ticket-claim-description = Ein Ticket aus der Warteschlange nehmen
command-ticket-release-name = freigeben
command-ticket-release-description = Dein Ticket zurück in die Warteschlange legen
command-ticket-assign-name = zuweisen
command-ticket-assign-description = Ein Ticket jemandem im First Level geben
command-ticket-escalate-name = eskalieren
command-ticket-escalate-description = Ein Ticket an den Second Level übergeben
command-ticket-accept-name = annehmen
command-ticket-accept-description = Eine Eskalation annehmen
command-ticket-handback-name = zurückgeben
command-ticket-handback-description = Eine Eskalation an den First Level zurückgeben
command-ticket-wait-name = warten
command-ticket-wait-description = Die Uhr anhalten, bis eine Antwort kommt
command-ticket-resolve-name = lösen
command-ticket-resolve-description = Eine Lösung geben
command-ticket-close-name = schließen
command-ticket-close-description = Ein Ticket schließen
command-ticket-reopen-name = wiederöffnen
command-ticket-reopen-description = Ein gelöstes oder geschlossenes Ticket wieder öffnen
command-ticket-priority-name = priorität
command-ticket-priority-description = Ändern, wie dringend ein Ticket ist
command-ticket-category-name = kategorie
command-ticket-category-description = Ein Ticket in eine Kategorie legen
command-ticket-note-name = notiz
command-ticket-note-description = Eine Notiz schreiben, die nur das Team liest
command-ticket-add-name = hinzufügen
command-ticket-add-description = Jemanden zum Thread eines Tickets hinzufügen
command-ticket-reply-name = antworten
command-ticket-reply-description = Mit einer vorbereiteten Antwort antworten
command-ticket-info-name = info
command-ticket-info-description = Wo ein Ticket steht und was geschah
command-kb-name = wissen
command-kb-description = Die Wissensdatenbank
command-kb-search-name = suchen
command-kb-search-description = Die Wissensdatenbank durchsuchen
command-kb-show-name = zeigen
command-kb-show-description = Einen Artikel lesen
command-kb-new-name = schreiben
command-kb-new-description = Einen Artikel schreiben
command-kb-edit-name = bearbeiten
command-kb-edit-description = Einen Artikel ändern
command-kb-review-name = prüfen
command-kb-review-description = Die Artikel, die auf Prüfung warten
command-save-solution-name = Als Lösung speichern
command-save-solution-description = Im Menü einer Nachricht: einen Artikel daraus machen
command-desk-name = desk
command-desk-description = Den Desk einrichten und pflegen
command-desk-setup-name = einrichten
command-desk-setup-description = Kanäle und Rollen des Desks wählen; gefahrlos wiederholbar
command-desk-check-name = prüfen
command-desk-check-description = Rechte und Zustellungen prüfen
command-desk-specialism-name = fachgebiet
command-desk-specialism-description = Ein Fachgebiet des Second Level anlegen, ändern oder entfernen
command-desk-hours-name = geschäftszeiten
command-desk-hours-description = Wann der Desk offen ist: zeigen oder ändern
command-desk-sla-name = sla
command-desk-sla-description = Was je Priorität versprochen ist: zeigen oder ändern
command-open-from-message-name = Support-Ticket öffnen
command-open-from-message-description = Im Menü einer Nachricht: ein Ticket daraus öffnen
command-option-question-name = frage
command-option-question-description = Wobei brauchst du Hilfe?
command-option-category-name = kategorie
command-option-category-description = Wozu es gehört, falls du es weißt
command-option-attachment-name = anhang
command-option-attachment-description = Ein Screenshot oder eine andere Datei
command-option-queue-name = warteschlange
command-option-queue-description = Für das Team: was auf Bearbeitung wartet, früheste Frist zuerst
command-option-number-name = nummer
command-option-number-description = Die Nummer des Tickets; in seinem Thread unnötig
command-option-assignee-name = person
command-option-assignee-description = Wer es bekommen soll
command-option-specialism-name = fachgebiet
command-option-specialism-description = An wen, falls es mehrere gibt
command-option-escalate-reason-name = grund
command-option-escalate-reason-description = Was versucht wurde und was erwartet wird
command-option-handback-reason-name = grund
command-option-handback-reason-description = Warum es zurückgeht
command-option-solution-name = lösung
command-option-solution-description = Die Lösung, wie die Person sie liest
command-option-close-reason-name = grund
command-option-close-reason-description = Warum es geschlossen wird
command-option-level-name = stufe
command-option-level-description = Wie dringend es ist
command-option-category-name-name = name
command-option-category-name-description = Die Kategorie
command-option-note-text-name = text
command-option-note-text-description = Was das Team wissen soll
command-option-reply-name-name = name
command-option-reply-name-description = Welche Antwort; beim Tippen erscheinen Vorschläge
command-option-member-name = person
command-option-member-description = Wer hinzugefügt werden soll
command-option-query-name = suche
command-option-query-description = Wonach du suchst
command-option-article-name = artikel
command-option-article-description = Sein Titel; Vorschläge erscheinen beim Tippen
command-option-support-channel-name = support_kanal
command-option-support-channel-description = Wo gefragt wird; Tickets werden hier private Threads
command-option-queue-channel-name = team_kanal
command-option-queue-channel-description = Wo das Team alle Tickets sieht
command-option-first-level-name = first_level
command-option-first-level-description = Die Rolle des First Level
command-option-second-level-name = second_level
command-option-second-level-description = Die Rolle, an die Eskalationen gehen
command-option-language-name = sprache
command-option-language-description = Die Sprache von allem, was alle lesen
command-option-specialism-name-name = name
command-option-specialism-name-description = Wie das Fachgebiet heißt
command-option-specialism-role-name = rolle
command-option-specialism-role-description = Wessen Mitglieder gefragt werden und annehmen dürfen
command-option-specialism-channel-name = kanal
command-option-specialism-channel-description = Wo seine Eskalationen stehen, wenn nicht im Kanal des Teams
command-option-specialism-remove-name = entfernen
command-option-specialism-remove-description = Außer Gebrauch nehmen
command-option-wait-over-name = vorbei
command-option-wait-over-description = Nicht länger warten, die Uhr läuft weiter
command-option-zone-name = zeitzone
command-option-zone-description = Die Zeitzone, zum Beispiel Europe/Berlin
command-option-week-name = woche
command-option-week-description = Zum Beispiel: Mo-Fr 08:00-12:00, 13:00-17:00; Sa 9-12
command-option-state-name = bundesland
command-option-state-description = Das Bundesland, dessen Feiertage gelten
command-option-days-off-name = freie_tage
command-option-days-off-description = Alle freien Tage der Firma: 24.12., 03.08.2026-14.08.2026; „keine“ für keine
command-option-calendar-name = kalender
command-option-calendar-description = Freie Tage aus einer Kalenderdatei (.ics), anstelle der letzten
command-option-hours-clear-name = aufheben
command-option-hours-clear-description = Ohne Geschäftszeiten: alle Uhren laufen Tag und Nacht
command-option-sla-priority-name = priorität
command-option-sla-priority-description = Für welche Priorität
command-option-first-response-name = erste_antwort
command-option-first-response-description = Wie bald jemand es nimmt oder schreibt: 30m, 4h, 2d
command-option-resolution-name = lösung
command-option-resolution-description = Wie bald es gelöst ist: 30m, 4h, 2d
command-option-around-the-clock-name = rund_um_die_uhr
command-option-around-the-clock-description = Die Uhr läuft auch außerhalb der Geschäftszeiten, und dann wird auch gerufen
command-option-idle-name = stille
command-option-idle-description = Für alle Prioritäten: danach geht ein Ticket, an dem nichts geschieht, zurück
command-option-answer-name = antwort
command-option-answer-description = Für alle Prioritäten: danach wird an eine offene Antwort erinnert
command-option-sla-reset-name = zurücksetzen
command-option-sla-reset-description = Zurück zu dem, was jeder Desk zuerst verspricht
command-choice-p1 = P1, bei vielen steht die Arbeit still
command-choice-p2 = P2, bei einer Person steht die Arbeit still
command-choice-p3 = P3, normal
command-choice-p4 = P4, wenn Zeit ist
command-choice-region-bw = Baden-Württemberg
command-choice-region-by = Bayern
command-choice-region-by-protestant = Bayern, ohne Mariä Himmelfahrt
command-choice-region-augsburg = Augsburg
command-choice-region-be = Berlin
command-choice-region-bb = Brandenburg
command-choice-region-hb = Bremen
command-choice-region-hh = Hamburg
command-choice-region-he = Hessen
command-choice-region-mv = Mecklenburg-Vorpommern
command-choice-region-ni = Niedersachsen
command-choice-region-nw = Nordrhein-Westfalen
command-choice-region-rp = Rheinland-Pfalz
command-choice-region-sl = Saarland
command-choice-region-sn = Sachsen
command-choice-region-sn-catholic = Sachsen, mit Fronleichnam
command-choice-region-st = Sachsen-Anhalt
command-choice-region-sh = Schleswig-Holstein
command-choice-region-th = Thüringen
command-choice-region-th-catholic = Thüringen, mit Fronleichnam
command-choice-region-none = Keine Feiertage
command-choice-en = English
command-choice-de = Deutsch
