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
button-me-too = Ich auch
button-me-too-about = Ich auch: { $title }
button-open-incident = Störung eröffnen
button-solve-incident = Behoben
button-transcript = Protokoll
button-comment = Kommentar hinzufügen
button-works = Funktioniert
button-still-a-problem = Problem besteht weiter
button-previous = Zurück
button-next = Weiter
button-forget-all = Alles davon vergessen
select-forget = Eines davon vergessen
select-write-gap = Schreiben: über welche Frage?
select-other-answers = Weitere Antworten
select-specialism = An wen?
select-category = Worum geht es?
select-impact = Wen betrifft es?
select-urgency = Wie sehr?

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
impact-many = Viele oder die ganze Firma
impact-team = Ein Team
impact-one = Eine Person
urgency-high = Die Arbeit steht still
urgency-normal = Die Arbeit geht schwerer als sonst
urgency-low = Es kann warten
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
card-duplicate-of = Sagt dasselbe wie
card-incident = Störung
card-incident-value = Eine Lösung schließt es mit den anderen
card-notes = Notizen
card-rating = Bewertung
card-rating-value = { $stars } von 5
card-ladder = Eskalationsstufen
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
packet-reaction = Zugesagte Reaktionszeit
ladder-asked = fachliche Eskalation: { $whom } gefragt
ladder-asked-again = fachliche Eskalation: { $whom } erneut gefragt
ladder-told = hierarchische Eskalation: { $whom } informiert
ladder-told-nobody = hierarchische Eskalation: Admin des Desks, aber niemand ist bekannt; nutze noch einmal `/desk einrichten`
ladder-next = Als Nächstes { $when }: { $step }
call-waits = Übergeben { $since }; noch hat niemand angenommen.
call-packet = Annehmen oder zurückgeben [im Eskalationspaket](<{ $link }>).
proposal-serves = Vorschlag, zuständig für diese Kategorie
proposal-solved =
    { $count ->
        [one] Vorschlag, hat so eines gelöst
       *[other] Vorschlag, hat { $count } davon gelöst
    }

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
event-specialist-idle = zurück ans Second Level gegeben, weil von { $specialist } lange nichts zu sehen war
event-overdue = war fällig { $due }
event-prioritised = Priorität von { $from } auf { $to } geändert von { $who }
event-prioritised-why = Priorität von { $from } auf { $to } geändert von { $who }: { $reason }
event-categorised = Kategorie auf { $category } gesetzt von { $who }
event-noted = Notiz von { $who }: { $text }
event-replied = beantwortet von { $who } mit „{ $name }“: { $text }
event-followed = #{ $number } sagt dasselbe und folgt, verknüpft von { $who }
event-linked-to-incident = der Störung „{ $title }“ zugeordnet von { $who }
event-member-added = { $member } hinzugefügt von { $who }
event-member-removed = { $member } aus dem Thread entfernt, ohne Rolle des Supports
event-taken-back = { $member } hat keine Rolle des Supports mehr, das Ticket ist wieder frei
event-requester-left = die fragende Person hat den Server verlassen
event-requester-returned = die fragende Person ist wieder auf dem Server
event-thread-deleted = der Thread wurde von Hand gelöscht und neu angelegt
event-rated = mit { $stars } von 5 bewertet von { $who }
event-rating-commented = { $who } zur Bewertung: { $text }
event-by-the-desk = System
close-reason-confirmed = die Lösung funktioniert
close-reason-silence = keine Antwort auf die Lösung
close-reason-duplicate = sagt dasselbe wie #{ $number }
close-reason-incident = gehört zu „{ $title }“, das ist behoben
close-reason-no-answer = keine Antwort auf unsere Rückfrage
close-reason-manual = von Hand geschlossen

## Im Thread des Tickets

say-solution-title = Die Lösung für dein Ticket #{ $number }
say-solution-question = Funktioniert es? Wenn ich nichts höre, schließe ich das Ticket { $closes }.
say-solution-confirmed = Danke für die Rückmeldung. Das Ticket ist jetzt geschlossen.
say-solution-reopened = Danke für die Rückmeldung. Wir machen weiter.
say-canned-from = **Antwort von { $agent }**
say-duplicate = Dein Ticket sagt dasselbe wie #{ $number }, daran arbeiten wir schon; deshalb ist dieses geschlossen. Sobald es eine Lösung gibt, liest du sie hier. Geht es bei dir um etwas anderes, öffne es mit dem Knopf auf seiner Abschlussnotiz wieder.
say-followed-title = Die Lösung von #{ $number }, das dasselbe sagt wie dein Ticket
say-followed-closed = #{ $number }, das dasselbe sagt wie dein Ticket, wurde ohne Lösung geschlossen. Hast du das Problem noch, öffne dein Ticket mit dem Knopf auf seiner Abschlussnotiz wieder.
say-part-of-incident = Das Problem ist bekannt: **{ $title }**. Wir arbeiten daran, und sobald es behoben ist, liest du es hier.
say-solved-for-all = Hast du das Problem noch, öffne dein Ticket mit dem Knopf auf seiner Abschlussnotiz wieder.
say-file-kept = Die Datei zu dieser Anfrage: **{ $name }**
say-file-too-large = Die Datei **{ $name }** ist größer als 10 MiB, deshalb kann ich sie hier nicht ablegen. Etwa einen Tag lang führt der Link auf der Karte noch zu ihr. Bitte schicke sie hier in kleineren Teilen.
say-file-missing = Discord hat die Datei **{ $name }** nicht mehr. Bitte schicke sie hier noch einmal.
say-file-unreached = Ich konnte die Datei **{ $name }** nicht von Discord holen. Etwa einen Tag lang führt der Link auf der Karte noch zu ihr. Bitte schicke sie hier noch einmal.
say-file-elsewhere = Die Datei **{ $name }** kommt nicht von Discord, deshalb habe ich sie nicht geholt.
say-file-runs = Die Datei **{ $name }** gebe ich nicht weiter, denn sie ist ein Programm, ein Skript oder eine Webseite. Bitte schicke stattdessen ein Bild oder einen Text, oder verabrede hier einen anderen Weg.
say-file-disguised = Die Datei **{ $name }** gebe ich nicht weiter, denn sie ist nicht das, was ihr Name sagt. Bitte schicke sie hier unter ihrem richtigen Namen.
say-handed-back = Der Second Level gibt #{ $number } an { $agent } zurück: { $reason }
say-thread-anew = Der frühere Thread dieses Tickets wurde gelöscht, und was darin stand, ist weg. Das Ticket selbst ist erhalten, es geht hier weiter. Falls etwas Wichtiges nur im alten Thread stand, bitte noch einmal schreiben.
say-thread-deleted = Der Thread von #{ $number } wurde auf Discord gelöscht. Das Ticket ist noch offen, deshalb habe ich einen neuen angelegt: { $thread }. Wird das Ticket nicht mehr gebraucht, lässt es sich mit dem Knopf auf seiner Karte schließen.
say-taken-back-queue = { $holder } hatte #{ $number } und hat keine Rolle des First oder Second Level mehr. Das Ticket ist zurück in der Warteschlange: bitte übernehmen.
say-taken-back-second = { $holder } hatte #{ $number } und hat keine Rolle des First oder Second Level mehr. { $role }: Das Ticket wartet wieder darauf, dass jemand annimmt.
say-requester-left = { $requester } hat #{ $number } eröffnet und diesen Server verlassen. Ist nichts mehr zu tun, bitte das Ticket schließen; sonst bitte notieren, was offen ist.
say-stray = Dieser Thread gehört zu keinem Ticket, deshalb schaut hier niemand hinein. Besteht das Problem noch, bitte mit `/support` neu fragen.
say-due-soon = { $ticket } ist fällig { $due }.
say-overdue = { $ticket } ist überfällig. Es war fällig { $due }.
say-answer-owed = In { $ticket } kam { $since } eine Nachricht der anfragenden Person, und noch niemand hat geantwortet.
say-found-idle = { $ticket } war bei dir, und lange war nichts davon zu sehen. Es liegt jetzt wieder in der Warteschlange. Übernimm es noch einmal, wenn du dran bist.
say-specialist-idle = { $ticket } war bei dir, und lange war nichts davon zu sehen. Es wartet jetzt wieder auf { $role }. Nimm es noch einmal an, wenn du dran bist.
say-waiting = { $by } braucht eine Antwort von dir, bevor es weitergeht. Schreib sie einfach hier.
say-nudge = Wir warten hier noch auf deine Antwort. Höre ich nichts, schließe ich das Ticket { $closes }. Danach kannst du es wieder öffnen.
say-closing-soon = Funktioniert die Lösung? Höre ich nichts, schließe ich das Ticket { $closes }.
say-reopened-held = { $by } hat #{ $number } wieder geöffnet. Es liegt wieder bei { $holder }.
say-reopened-queue = { $by } hat #{ $number } wieder geöffnet. Es ist zurück in der Warteschlange.

## Abschlussnotiz im Support-Kanal; andere lesen mit, deshalb ohne Betreff

closing-title = Ticket #{ $number } ist geschlossen
closing-text = Wie war unsere Hilfe? 1 ist schlecht, 5 ist hervorragend. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-rated = Danke für deine Bewertung. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-duplicate = Es sagt dasselbe wie #{ $number }; sobald das gelöst ist, sagt es dir sein Thread. Geht es um etwas anderes, öffne es bis { $until } wieder.
closing-commented = Danke, dein Kommentar ist beim Team. Ist das Problem wieder da, öffne das Ticket bis { $until } wieder.
closing-reopened-title = Ticket #{ $number } ist wieder offen
closing-reopened-text = Es geht weiter in { $thread }.
closing-reopened-text-unlinked = Es geht in seinem Thread weiter.

## Geöffnet

opened-linked = Ticket #{ $number } ist aufgenommen. Alles Weitere läuft in { $thread }.
opened-unlinked = Ticket #{ $number } ist aufgenommen. Der Link zu seinem Thread folgt gleich.
opened-before =
    { $count ->
        [0] Kein Ticket ist vor deinem dran.
        [one] Ein Ticket ist vor deinem dran.
       *[other] { $count } Tickets sind vor deinem dran.
    }
opened-on-duty = Im Dienst: { $people }.
opened-usual = Eine erste Antwort kommt meist innerhalb von { $span }.
opened-usual-open = Eine erste Antwort kommt meist innerhalb von { $span } Geschäftszeit.
opened-opens = Wir haben gerade geschlossen und öffnen { $opens } wieder.
opened-describe = Sag mit den Menüs mehr dazu, wenn du magst: so sehen wir, was dringend ist.
span-minutes =
    { $count ->
        [one] einer Minute
       *[other] { $count } Minuten
    }
span-hours =
    { $count ->
        [one] einer Stunde
       *[other] { $count } Stunden
    }
span-days =
    { $count ->
        [one] einem Tag
       *[other] { $count } Tagen
    }

## Antworten

answer-maybe = Ich bin nicht sicher, ob das passt, aber es kommt am nächsten. Hilft hier nichts, öffne ein Ticket, dann übernimmt ein Mensch.
answer-none-title = Dazu habe ich nichts gefunden
answer-none = Öffne ein Ticket, dann übernimmt ein Mensch. Deine Frage geht mit.
answer-solved = Schön, dass es geholfen hat. Kommt es wieder, frag noch einmal mit `/support`.
kb-nothing-found = In der Wissensdatenbank passt nichts. Versuch es mit anderen Worten.

## Die Wissensdatenbank von hinten

gaps-title = Fragen der letzten 90 Tage, die kein Artikel gelöst hat
gaps-none = In den letzten 90 Tagen blieb keine Frage ohne hilfreiche Antwort.
gaps-counts =
    { $people ->
        [one] 1 Person hat
       *[other] { $people } Personen haben
    } das { $times } gefragt, zuletzt { $last }; { $tickets ->
        [0] kein Ticket
        [one] 1 Ticket
       *[other] { $tickets } Tickets
    }
gaps-unanswered = Nichts gefunden.
gaps-shown = Wurde gezeigt, half nicht: { $title }
gaps-draft = Wird geschrieben oder ist neu: { $title }
stats-title = Was aus den Artikeln wurde, in den letzten 90 Tagen
stats-none = Bisher wurde kein Artikel gezeigt.
stats-lately = Letzte 30 Tage
stats-whole = Letzte 90 Tage
stats-totals =
    { $asked } gefragt, { $answered } beantwortet, { $kept } % ohne Ticket; { $solved } als gelöst gemeldet ({ $share } %); { $tickets ->
        [0] kein Ticket
        [one] 1 Ticket
       *[other] { $tickets } Tickets
    }
stats-article = gezeigt { $shown }, gelöst { $solved } ({ $share } %), trotzdem ein Ticket { $rejected }
stats-stale = Prüfdatum überschritten: { $count }
stats-no-owner = niemand zuständig
review-due = { $owner }: { $article } sollte bis { $date } geprüft sein. Stimmt der Artikel noch?
lessons-none = Über diesen Artikel wurde nichts gelernt.
lesson-solved = hat geholfen
lesson-resolved = hat ein Ticket gelöst
lesson-rejected = hat nicht geholfen

## Protokolle

transcript-note = Das Protokoll von #{ $number } · { $subject }. Nur für das Team: es enthält auch die Notizen.
transcript-copy = Was zu deinem Ticket #{ $number } festgehalten ist, als Seite und als reiner Text. Nur du siehst es.
transcript-said = Was geschrieben wurde
transcript-file = (Datei { $name })
transcript-cut = Frühere Nachrichten sind weggelassen.

## Störungen

banner-title = Bekannte Störung: { $title }
banner-since = Wir wissen es seit { $since } und arbeiten daran. Dich betrifft es auch? Ein Knopfdruck genügt, ein Ticket ist nicht nötig.
incident-title = Störung: { $title }
incident-opened = Eröffnet
incident-closed = Behoben
incident-people = Betroffene
incident-tickets = Tickets
incident-solved-title = { $title }: behoben
incident-solved-people =
    { $count ->
        [0] Hast du das Problem noch, frag mit `/support`.
        [one] Eine Person war betroffen. Hast du das Problem noch, frag mit `/support`.
       *[other] { $count } Personen waren betroffen. Hast du das Problem noch, frag mit `/support`.
    }
incident-is-open =
    { $count ->
        [0] Die Störung ist eröffnet. Wer fragt, sieht sie über der Antwort.
        [one] Die Störung ist mit einem Ticket eröffnet. Wer fragt, sieht sie über der Antwort.
       *[other] Die Störung ist mit { $count } Tickets eröffnet. Wer fragt, sieht sie über der Antwort.
    }
incident-is-closed =
    { $count ->
        [0] Die Störung ist geschlossen. Im Support-Kanal steht es.
        [one] Die Störung ist geschlossen. Ihr Ticket wird auch geschlossen, und die Person erfährt es.
       *[other] Die Störung ist geschlossen. Ihre { $count } Tickets werden auch geschlossen, und alle erfahren es.
    }
incidents-title = Offene Störungen
incidents-none = Keine Störung ist offen. `/desk störung` eröffnet eine.
incidents-line = **{ $title }** · { $since } · Betroffene: { $people } · Tickets: { $tickets }
proposal-title = { $count } Tickets sehen nach einem gemeinsamen Problem aus
proposal-text = Eröffne eine Störung, dann sieht sie jeder, der fragt, über der Antwort; eine Lösung schließt später diese Tickets und sagt es allen.
proposal-taken = Aus diesen Tickets wurde eine Störung eröffnet.
me-too =
    { $others ->
        [0] Notiert, du bist die erste Meldung. Sobald es behoben ist, steht es hier im Support-Kanal.
        [one] Notiert, dich und eine weitere Person betrifft es. Sobald es behoben ist, steht es hier im Support-Kanal.
       *[other] Notiert, dich und { $others } weitere betrifft es. Sobald es behoben ist, steht es hier im Support-Kanal.
    }
me-too-again = Das hast du schon gesagt, und du zählst mit. Sobald es behoben ist, steht es hier im Support-Kanal.

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
form-incident-title = Störung eröffnen
form-incident-subject = Was funktioniert nicht?
form-incident-text = Was ist bekannt, was hilft solange?
form-incident-solve-title = Die Störung ist behoben
form-incident-solution = Die Lösung, wie alle sie lesen
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
        [one] 1 Ticket in der Warteschlange
       *[other] { $count } Tickets in der Warteschlange
    }
list-queue-empty = Die Warteschlange ist leer.
list-due = { $priority }, fällig { $due }
list-waiting = { $priority }, gefragt { $since }
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
done-duplicate = #{ $number } ist geschlossen und folgt #{ $of }. Die Person erfährt es.
done-linked-to-incident = #{ $number } gehört jetzt zur Störung. Die Person erfährt es.
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
refused-duplicate-of-itself = Ein Ticket kann nicht dasselbe sagen wie es selbst. Gib mit `von` die Nummer des anderen an.
refused-original-closed = #{ $number } ist geschlossen, von einer Lösung würde niemand erfahren. Öffne es zuerst wieder, oder verknüpfe mit einem anderen.
refused-no-such-incident = Eine solche offene Störung gibt es hier nicht. `/desk störung` zeigt alle.
refused-which-incident = Es sind mehrere Störungen offen. Nenne eine mit der Option `störung`: { $names }
refused-incident-over = { $by } hat diese Störung { $at } geschlossen. Hast du das Problem noch, öffne ein Ticket mit `/support`.
refused-proposal-taken = Aus diesen Tickets wurde schon eine Störung eröffnet. `/desk störung` zeigt sie.
refused-part-of-incident = Dieses Ticket gehört schon zu einer Störung.
refused-not-rated = Bitte bewerte zuerst die Hilfe, dann kannst du sie kommentieren.
refused-rating = Eine Bewertung geht von 1 bis 5. Bitte nimm die Knöpfe der Abschlussnotiz.
refused-no-such-gap = Diese Fragen sind nicht mehr offen, oder neuere stehen für sie. Sieh mit `/wissen lücken` noch einmal nach.
refused-no-such-lesson = Das gibt es nicht mehr. Sieh mit `/wissen zahlen` noch einmal nach.
refused-role-missing = Ein neues Fachgebiet braucht eine Rolle, deren Mitglieder gefragt werden. Gib sie mit der Option `rolle` an.
refused-role-of-set-up = Dieses Fachgebiet hat die Rolle, die als Second Level gewählt wurde. Ändere sie mit `/desk einrichten`.
refused-no-such-category = Diese Kategorie gibt es hier nicht. Wähle einen der Vorschläge oder lege sie mit `/desk kategorie` an.
refused-no-such-category-named = Die Kategorie { $name } gibt es hier nicht. Lege sie zuerst mit `/desk kategorie` an.
refused-too-many-own-tickets = Du hast { $max } ungelöste Tickets, und mehr würden nicht schneller beantwortet. Schließ im Thread eines, das erledigt ist, oder ergänze ein offenes; `/tickets` listet sie auf.
refused-too-many-tickets = Dieser Server hat { $max } ungelöste Tickets, so viele Threads erlaubt Discord. Bitte versuch es wieder, wenn einige gelöst sind, und sag dem Support Bescheid.
refused-too-many-categories = Es ist Platz für { $max } Kategorien, so viele zeigt ein Menü. Entferne zuerst eine.
refused-decided-by-staff = Das hat schon jemand vom Support entschieden. Sag es im Thread des Tickets, wenn es nicht stimmt.
refused-not-four-times = Gib vier Zeiten in Minuten an, für P1 bis P4, etwa `5 15 60 240`; jede höchstens eine Woche.
refused-no-such-end = Gib eine Dauer bis zu einer Woche an, etwa `4h`, `90m` oder `7h30m`, oder eine Uhrzeit, etwa `17:00`.
refused-end-no-zone = Ich weiß noch nicht, wo der Desk ist. Gib eine Dauer an, etwa `4h`, oder leg zuerst die Zeitzone mit `/desk geschäftszeiten` fest.
refused-webhook-no-address = Diese Adresse kann ich nicht aufrufen. Gib eine wie `https://example.com/hook` an, ohne Name und Passwort darin.
refused-webhook-not-https = Ich rufe nur Adressen mit `https` auf.
refused-webhook-private = Ich rufe keine Adressen in einem privaten Netz auf.
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
denied-second-level-only = Das können nur Second Level und Leute, die den Server verwalten dürfen. Frag jemanden von ihnen.
denied-holder-only = { $holder } hat dieses Ticket { $since } übernommen und entscheidet darüber. Sprecht euch ab, oder lass es dir mit `/ticket zuweisen` geben.
denied-requester-only = Das kann nur die Person, die das Ticket geöffnet hat.
denied-managers-only = Das können nur Leute, die den Server verwalten dürfen. Frag jemanden von ihnen.
mistake-outside-server = Ich arbeite nur auf einem Server. Nutze mich auf dem Server deiner Firma.
mistake-unknown-button = Dieser Knopf stammt aus einer älteren Version. Nutze `/ticket`, oder frag noch einmal mit `/support`.
mistake-unknown-command = Dieser Befehl hat sich gerade geändert. Lade Discord neu und versuch es noch einmal.
mistake-number-missing = Welches Ticket? Nutze den Befehl im Thread des Tickets, oder gib mit der Option `nummer` seine Nummer an.
mistake-no-such-article = Diesen Artikel gibt es nicht mehr. Frag noch einmal mit `/support`, oder wähle aus den Vorschlägen von `/wissen zeigen`.
mistake-file-unreached = Ich konnte die Datei nicht von Discord holen. Bitte schick sie noch einmal.
mistake-undecodable = Discord hat etwas geschickt, das ich noch nicht lesen kann. Nutze stattdessen `/support` oder `/ticket`.
mistake-late = Das hat zu lange gedauert. Bitte versuch es noch einmal.
mistake-busy = Gerade fragen sehr viele auf einmal. Bitte versuch es gleich noch einmal.
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
check-transcripts = Protokolle
check-transcripts-story = Protokolle geschlossener Tickets enthalten, was geschah, nicht was geschrieben wurde.
check-transcripts-messages = Protokolle geschlossener Tickets enthalten auch, was geschrieben wurde.
check-transcripts-hidden = Protokolle sollen enthalten, was geschrieben wurde (FRONTDESK_TRANSCRIPTS), aber Discord verbirgt es vor mir. Schalte im Developer Portal unter Bot „Message Content Intent“ ein.
check-given-up = Konnte nicht zugestellt werden
button-try-again = Noch einmal versuchen
button-let-go = Verwerfen
remedy-grant = Erlaube, was oben fehlt, und drücke dann „Noch einmal versuchen“.
remedy-discard = Worum es ging, wurde in Discord gelöscht. Drücke „Verwerfen“.
remedy-make-room = Der Server hat so viele aktive Threads, wie Discord erlaubt. Schließe einige und drücke dann „Noch einmal versuchen“.
remedy-try-again = Discord hatte lange Schwierigkeiten. Drücke „Noch einmal versuchen“.
remedy-report = Das ist ein Fehler von mir: Bitte melde ihn zusammen mit dem Protokoll des Programms. „Verwerfen“ nimmt ihn von dieser Liste.
given-up-tried-again = { $jobs ->
    [0] Es gibt nichts mehr, was noch einmal zu versuchen wäre.
    [one] Eine Zustellung wird noch einmal versucht. Scheitert sie, zeigt `/desk prüfen` sie wieder.
   *[other] { $jobs } Zustellungen werden noch einmal versucht. Was scheitert, zeigt `/desk prüfen` wieder.
}
given-up-discarded = { $jobs ->
    [0] Es gibt nichts mehr zu verwerfen.
    [one] Eine Zustellung ist verworfen.
   *[other] { $jobs } Zustellungen sind verworfen.
}
specialisms-title = Fachgebiete
specialisms-check = /desk prüfen sieht sich ihre Kanäle und Rollen an
specialism-serves = zuständig für { $names }
specialism-lead = Leitung { $person }
specialism-next = danach { $role }
specialism-timeouts = Stufen nach { $minutes } Min.
specialism-provider = externer Dienstleister
specialism-reaction = reagiert innerhalb von { $span }
specialism-webhook = wird per Webhook gerufen
webhook-secret-title = Das Geheimnis des Webhooks, nur dieses eine Mal gezeigt
webhook-secret = Jeder Aufruf trägt `X-Frontdesk-Timestamp` und `X-Frontdesk-Signature: v1=<hex>`, den HMAC-SHA256 von `<timestamp>.<body>` mit diesem Geheimnis.
categories-title = Kategorien
categories-empty = Noch gibt es keine. Lege eine mit der Option `name` an.
category-found-by = erkannt an { $keywords }
category-starts = beginnt als { $priority }
categories-vip = Tickets von { $role } liegen eine Stufe höher.
duty-title = Im Dienst
duty-nobody = Niemand ist im Dienst. Eskalationen rufen dann die ganze Rolle. Beginne mit `/desk dienst stand:an`.
duty-line = { $person } · { $what } · seit { $since }
duty-line-until = { $person } · { $what } · seit { $since }, bis { $until }
duty-on = Du bist jetzt im Dienst.
duty-off = Du bist nicht im Dienst.
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
job-remove-member = jemanden aus dem Thread entfernen
job-close-stray = einen Thread ohne Ticket schließen
job-post-card = Karte anlegen
job-file = die Datei zur Anfrage
job-link-thread = Link geben
job-update-cards = Karten aktualisieren
job-escalation = Eskalation
job-call = eine Stufe der Eskalation
job-notify-provider = der Aufruf bei einem externen Dienstleister
job-say = Nachricht im Thread
job-end-silence = nachsehen, ob im Thread geantwortet wurde
job-close-thread = Thread schließen
job-open-thread = Thread wieder öffnen
job-transcript = Protokoll
job-incident = Störung
job-closing-note = Abschlussnotiz
job-report = Wochenbericht

## Berichte: /desk bericht, der Wochenbericht und `frontdesk report`

report-title = Support vom { $from } bis { $to }
report-questions = Fragen
report-asked = gestellt
report-deflection = ohne Ticket beantwortet
report-deflection-confirmed = von allen als gelöst bestätigt
report-tickets = Tickets
report-opened = eröffnet
report-solved = gelöst
report-closed-unsolved = ohne Lösung geschlossen
report-reopened = wiedereröffnet
report-rating = Bewertung
report-stars = { $mean } von 5 ({ $count })
report-levels = Level
report-first-level = Erstlösungsquote (First Level)
report-first-contact = beim ersten Kontakt gelöst
report-escalated = eskaliert
report-bounced = davon zurückgegeben
report-times = Zeiten
report-first-response = Reaktionszeit
report-resolution = Lösungszeit
report-working = in Arbeitszeit
report-in-time = rechtzeitig
report-spread = { $median }, 9 von 10 in { $p90 }
report-backlog = Jetzt offen
report-open = offen
report-overdue = überfällig
report-second-level = im Second Level
report-waiting-for-requester = warten auf Antwort
report-age = Alter
report-ages = { $median }, das älteste { $oldest }
report-categories = Häufigste Kategorien
report-no-category = ohne Kategorie
report-gaps = Gefragt und nicht gelöst
report-people =
    { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
report-rate = { $percent } % ({ $count } von { $all })
report-no-data = keine Daten
report-files = Wie jede Zahl gezählt wird, steht in der README. Tabelle und Daten sind angehängt.
report-weekly-set = Jeden Montag steht der Bericht der Woche in { $channel }, der nächste { $next }.
report-weekly-stopped = Es gibt keinen Wochenbericht mehr.
report-weekly-refused = Dort kann ich keinen Wochenbericht schreiben:
report-chart-title-day = Tickets und Antworten pro Tag
report-chart-title-week = Tickets und Antworten pro Woche
report-chart-title-month = Tickets und Antworten pro Monat
report-chart-opened = Tickets eröffnet
report-chart-solved = Tickets gelöst
report-chart-deflected = Ohne Ticket beantwortet
report-chart-empty = In diesem Zeitraum ist nichts passiert
report-chart-described = Vom { $from } bis { $to }: { $opened } Tickets eröffnet, { $solved } gelöst, { $deflected } Fragen ohne Ticket beantwortet
figure-minutes = { $minutes } Min.
figure-hours = { $hours } Std. { $minutes } Min.
figure-days = { $days } T. { $hours } Std.
day-of-month = { $day }. { $month }
day-and-year = { $day } { $year }
month-short =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sep.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }

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
job-remind-of-review = Hinweis auf einen Artikel, der zu prüfen ist

## Übung: vorgespielte Tickets für den First Level

button-practice-ask = Nachfragen
button-practice-search = Artikel finden
button-practice-finish = Abschließen
select-practice-article = Welcher Artikel hilft?
form-practice-ask = Nachfragen
form-practice-ask-text = Deine Frage
form-practice-search-text = Wonach suchst du?
form-practice-escalate = Übergeben
form-practice-resolve = Lösen
practice-thread = Übung { $number } ·
practice-title = Übung · { $title }
practice-pretended = { $name } (vorgespielt)
practice-you = Du
practice-starting = Deine Übung wird vorbereitet. Du wirst zu ihrem Thread hinzugefügt.
practice-started = Deine Übung ist in { $thread }.
practice-is-stopped = Du hast die Übung abgebrochen. Sie zählt nicht.
practice-working = **Das ist eine Übung.** { $name } gibt es nicht, niemand wartet, und kein Bericht zählt sie mit. Frag nach, finde den Artikel, wähle die Kategorie; dann löse oder übergib.
practice-reviewing = Entschieden. Lies noch einmal, was du geschrieben hast, hake ab, was darauf zutrifft, und schließ dann ab.
practice-finished = **Die Übung ist vorbei: { $points } von 100 Punkten.** `/desk übung` beginnt die nächste und zeigt deinen Fortschritt; ihn sehen nur du und Leute, die den Server verwalten dürfen.
practice-given-up = Diese Übung wurde abgebrochen und zählt nicht. `/desk übung` beginnt eine neue.
practice-reminder = Deine Übung liegt noch hier. Mach oben auf der Karte weiter, oder beende sie mit `/desk übung`. Tust du beides nicht, räume ich sie { $stops } weg; sie zählt dann nicht.
practice-chosen = Gewählt: { $title }. Solange du nicht entschieden hast, kannst du einen anderen wählen.
practice-to-whom = An wen übergibst du?
practice-go-on = Übergeben. Weiter geht es mit den Fragen auf der Karte.
practice-article = Artikel
practice-response = Erste Reaktion
practice-escalation = Gelöst oder übergeben
practice-tone = Ton
practice-why = Warum
practice-none-chosen = nichts gewählt
practice-did-resolve = Du hast gelöst
practice-did-escalate = Du hast an { $to } übergeben
practice-right-resolved = der First Level löst es
practice-right-escalated = es geht an { $to }
practice-score-escalation = { $did }. Richtig: { $right }.
practice-score-article = Gewählt: { $chosen }. Es hilft: { $expected }
practice-score-no-article = Hier hilft kein Artikel.
practice-score-category = Gewählt: { $chosen }. Richtig: { $expected }
practice-score-response = Nach { $span }; gut ist innerhalb von { $limit }.
practice-score-tone = { $kept } von { $of }, nach eigenem Urteil
practice-progress-of = Die Übungen von { $person }
practice-progress-none = { $person } hat noch keine Übung abgeschlossen.
practice-progress-finished = Abgeschlossen
practice-progress-mean = Schnitt der letzten
practice-progress-trend = Verlauf
practice-progress-train = Zu üben
practice-points = { $points } von 100
practice-trend = von { $before } auf { $lately }
practice-nothing-to-train = nichts Bestimmtes
refused-no-such-scenario = Dieses Szenario gibt es nicht. Wähle eines aus den Vorschlägen.
refused-no-scenarios = Noch gibt es nichts zu üben. Szenarien sind Dateien unter `practice/` im Ordner der Artikel.
refused-no-such-practice = Diese Übung gibt es nicht mehr. Beginne mit `/desk übung` eine neue.
refused-no-practice = Du übst gerade nichts. Beginne mit `/desk übung`.
refused-practice-running = Du übst schon, in { $thread }. Schließ diese Übung ab, oder brich sie mit `/desk übung` ab.
refused-practice-running-unlinked = Du übst schon; du wirst zum Thread hinzugefügt. Schließ diese Übung ab, oder brich sie mit `/desk übung` ab.
refused-practice-for-oneself = Beginnen und abbrechen kann jede Person nur die eigene Übung. Mit `person` sehen Leute, die den Server verwalten dürfen, den Fortschritt von jemandem.
refused-practice-decided = Du hast das schon gelöst oder übergeben. Weiter geht es mit den Fragen auf der Karte.
refused-practice-undecided = Löse zuerst, oder übergib.
refused-practice-over = Diese Übung ist vorbei. Beginne mit `/desk übung` eine neue.
refused-practice-to-whom = Wähle zuerst mit dem Knopf auf der Karte, an wen du übergibst.
denied-practising-only = Das ist die Übung von { $agent }. Beginne mit `/desk übung` deine eigene.
job-practice = Übung

## Die eigenen Daten, und wie lange Texte bleiben

button-delete-my-data = Meine Daten löschen
privacy-export = Alles, was der Desk dieses Servers über dich weiß. Nur du siehst es.
privacy-confirm = Deine Fragen, die Texte deiner Tickets und alles andere, was du hier geschrieben hast, werden geleert, und ein zufälliges Pseudonym tritt an deine Stelle, auch in dem, was du für andere getan hast. Veröffentlichte Artikel und Störungsmeldungen bleiben, ohne deinen Namen. Was in Discord selbst steht, kannst du selbst löschen. **Das lässt sich nicht zurücknehmen.**
privacy-deleted =
    { $count ->
        [0] Erledigt. Dieser Desk kennt dich nicht mehr.
        [one] Erledigt, auch dein Ticket ist geleert. Dieser Desk kennt dich nicht mehr.
       *[other] Erledigt, auch deine { $count } Tickets sind geleert. Dieser Desk kennt dich nicht mehr.
    }
retention-title = Wie lange die Texte geschlossener Tickets bleiben
retention-none = Die Texte geschlossener Tickets bleiben für immer. Mit `tage` änderst du das.
retention-line =
    { $days ->
        [one] **{ $category }**: 1 Tag
       *[other] **{ $category }**: { $days } Tage
    }
retention-others =
    { $days ->
        [one] Alles andere: 1 Tag
       *[other] Alles andere: { $days } Tage
    }
retention-note = Gezählt ab dem Ende eines Tickets. Dann wird jeder Text geleert; die Zahlen bleiben, wie sie sind.
refused-unfinished-tickets = Bring zuerst zu Ende, worauf noch jemand wartet: { $numbers }. Schließ deine eigenen Tickets, und gib übernommene frei oder löse sie.
refused-days-missing = Für wie viele Tage? Gib sie mit der Option `tage` an, oder wähle `immer`.
refused-no-such-retention = Texte können { $min } bis { $max } Tage bleiben, oder mit `immer` für immer. So lange, { $min } Tage, lässt sich ein Ticket wieder öffnen.

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
command-ticket-duplicate-name = doppelt
command-ticket-duplicate-description = Ein Ticket schließen, weil ein anderes dasselbe sagt
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
command-kb-gaps-name = lücken
command-kb-gaps-description = Fragen, die kein Artikel gelöst hat, in Gruppen
command-kb-stats-name = zahlen
command-kb-stats-description = Was aus Antworten wurde; bei einem Artikel auch, was er gelernt hat
command-desk-name = desk
command-desk-description = Den Desk einrichten und pflegen
command-desk-setup-name = einrichten
command-desk-setup-description = Kanäle und Rollen des Desks wählen; gefahrlos wiederholbar
command-desk-check-name = prüfen
command-desk-check-description = Rechte und Zustellungen prüfen
command-desk-specialism-name = fachgebiet
command-desk-specialism-description = Ein Fachgebiet des Second Level anlegen, ändern oder entfernen
command-desk-incident-name = störung
command-desk-incident-description = Was viele melden: eröffnen, schließen, ein Ticket zuordnen, auflisten
command-desk-practice-name = übung
command-desk-practice-description = An vorgespielten Tickets üben und den Fortschritt sehen
command-desk-retention-name = aufbewahrung
command-desk-retention-description = Wie lange die Texte geschlossener Tickets bleiben
command-privacy-name = datenschutz
command-privacy-description = Die eigenen Daten
command-privacy-export-name = auskunft
command-privacy-export-description = Alles, was dieser Desk über dich weiß, als Datei
command-privacy-delete-name = löschen
command-privacy-delete-description = Löschen, was dieser Desk über dich weiß
command-desk-report-name = bericht
command-desk-report-description = Die Zahlen eines Zeitraums: was kam, wie es gelöst wurde, was offen ist
command-desk-category-name = kategorie
command-desk-category-description = Wovon Tickets handeln: anlegen, ändern, entfernen, auflisten
command-desk-duty-name = dienst
command-desk-duty-description = Dienst beginnen oder beenden und sehen, wer da ist
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
command-option-priority-reason-name = grund
command-option-priority-reason-description = Warum es mehr oder weniger eilt
command-option-category-name-name = name
command-option-category-name-description = Die Kategorie
command-option-note-text-name = text
command-option-note-text-description = Was das Team wissen soll
command-option-duplicate-of-name = von
command-option-duplicate-of-description = Die Nummer des Tickets, das dasselbe sagt und offen bleibt
command-option-incident-action-name = aktion
command-option-incident-action-description = Was zu tun ist
command-option-incident-title-name = titel
command-option-incident-title-description = Was nicht funktioniert, in einer Zeile
command-option-incident-text-name = text
command-option-incident-text-description = Was bekannt ist; beim Schließen die Lösung für alle
command-option-incident-which-name = störung
command-option-incident-which-description = Welche, wenn mehrere offen sind
command-option-reply-name-name = name
command-option-reply-name-description = Welche Antwort; beim Tippen erscheinen Vorschläge
command-option-member-name = person
command-option-member-description = Wer hinzugefügt werden soll
command-option-query-name = suche
command-option-query-description = Wonach du suchst
command-option-article-name = artikel
command-option-article-description = Sein Titel; Vorschläge erscheinen beim Tippen
command-option-stats-article-name = artikel
command-option-stats-article-description = Nur ein Artikel
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
command-option-practice-action-name = aktion
command-option-practice-action-description = Was zu tun ist
command-option-practice-scenario-name = szenario
command-option-practice-scenario-description = Welches; ohne Angabe das am wenigsten geübte
command-option-practice-user-name = person
command-option-practice-user-description = Für Leute, die den Server verwalten dürfen: wessen Fortschritt
command-option-retention-days-name = tage
command-option-retention-days-description = Tage nach dem Ende eines Tickets; ohne Angabe siehst du, was gilt
command-option-retention-category-name = kategorie
command-option-retention-category-description = Nur diese; ohne Angabe alle ohne eigene Regel
command-option-retention-forever-name = immer
command-option-retention-forever-description = Die Texte für immer behalten
command-option-report-period-name = zeitraum
command-option-report-period-description = Welche Tage; ohne Angabe die letzten 30
command-option-report-weekly-name = wöchentlich
command-option-report-weekly-description = Für die Verwaltung: jeden Montag hier den Bericht der Woche posten
command-option-report-stop-name = beenden
command-option-report-stop-description = Für die Verwaltung: keinen Wochenbericht mehr
command-option-german-name = deutsch
command-option-german-description = Was auf Deutsch zu lesen ist; - für dasselbe
command-option-serves-name = kategorien
command-option-serves-description = Wofür es zuständig ist, mit Kommas; - für nichts
command-option-specialism-note-name = hinweis
command-option-specialism-note-description = Wann man dorthin eskaliert; - für nichts
command-option-lead-name = leitung
command-option-lead-description = Wer erfährt, wenn niemand annimmt
command-option-next-role-name = danach_rolle
command-option-next-role-description = Wer danach gefragt wird, vor der Leitung
command-option-timeouts-name = zeiten
command-option-timeouts-description = Minuten je Stufe für P1 bis P4, wie 5 15 60 240; - für die üblichen Stufen
command-option-provider-name = dienstleister
command-option-provider-description = Ob es ein externer Dienstleister ist
command-option-reaction-name = reaktion
command-option-reaction-description = Minuten, in denen der Dienstleister reagiert
command-option-webhook-name = webhook
command-option-webhook-description = Die https-Adresse des Systems dort; - für keine
command-option-desk-category-name-name = name
command-option-desk-category-name-description = Ihr Name; ohne ihn siehst du alle
command-option-keywords-name = stichwörter
command-option-keywords-description = Wörter, die ein Ticket hierher legen, mit Kommas; - für keine
command-option-category-priority-name = priorität
command-option-category-priority-description = Womit ihre Tickets beginnen
command-option-vip-role-name = vip_rolle
command-option-vip-role-description = Für alle: Tickets dieser Rolle liegen eine Stufe höher; mit entfernen nicht mehr
command-option-category-remove-name = entfernen
command-option-category-remove-description = Außer Gebrauch nehmen
command-option-duty-state-name = stand
command-option-duty-state-description = Ohne ihn siehst du, wer im Dienst ist
command-option-duty-until-name = bis
command-option-duty-until-description = Für wie lange, etwa 4h oder 90m; oder bis wann, etwa 17:00
command-choice-usual = Wie üblich
command-choice-on = an
command-choice-off = aus
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
command-choice-incident-open = Störung eröffnen
command-choice-incident-close = Mit einer Lösung für alle schließen
command-choice-incident-link = Ein Ticket zuordnen
command-choice-incident-list = Offene auflisten
command-choice-practice-start = Eine Übung beginnen
command-choice-practice-stop = Die laufende abbrechen
command-choice-practice-progress = Fortschritt zeigen
command-choice-7-days = Die letzten 7 Tage
command-choice-30-days = Die letzten 30 Tage
command-choice-month = Dieser Monat
command-choice-last-month = Letzter Monat
command-choice-quarter = Dieses Quartal
command-choice-year = Dieses Jahr
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
