### Every word that people read, in English. de.ftl holds the same messages in German; the build compares the two.
### Texts say what a person can do next. Names, times and links come in as Discord's markup.

## Buttons and selects (Discord's limit for a label with no icon: 38 characters)

button-solved = That solved it
button-open = Open a ticket
button-claim = Claim
button-escalate = Escalate
button-resolve = Resolve
button-close = Close
button-wait = Wait for requester
button-go-on = Carry on
button-accept = Accept
button-hand-back = Hand back
button-reopen = Reopen
button-me-too = Me too
button-me-too-about = Me too: { $title }
button-open-incident = Open an incident
button-solve-incident = Solved
button-transcript = Transcript
button-comment = Add a comment
button-works = That works
button-still-a-problem = Still a problem
button-previous = Previous
button-next = Next
button-forget-all = Forget all of this
select-forget = Forget one of these
select-write-gap = Write it: about which question?
select-other-answers = Other answers
select-specialism = To whom?
select-category = What is it about?
select-impact = Whom does it affect?
select-urgency = How badly?

## States, levels, priorities

status-queued = Waiting for first level
status-claimed = In progress
status-escalated = Waiting for second level
status-accepted = In progress at second level
status-waiting = Waiting for an answer from the requester
status-resolved = Solved, waiting for confirmation
status-closed = Closed
level-first = First level
level-second = Second level
level-second-named = Second level, { $specialism }
priority-p1 = P1, work stands still for many
priority-p2 = P2, work stands still for one
priority-p3 = P3, normal
priority-p4 = P4, when there is time
impact-many = Many, or the whole company
impact-team = A team
impact-one = One person
urgency-high = Work stands still
urgency-normal = Work is harder than it should be
urgency-low = It can wait
specialism-default = Second level
holder-since = { $holder }, { $since }
language-mark-en = in English
language-mark-de = in German

## Cards

card-title = #{ $number } · { $subject }
card-state = State
card-responsible = Responsible
card-level = Level
card-priority = Priority
card-category = Category
card-due = Due
card-overdue = { $due }, overdue
card-waiting = Waiting since
card-requester = From
card-opened = Opened
card-thread = Thread
card-question = Asked the knowledge base
card-offered = Was offered, did not help
card-attachment = File
card-bounces = Handed back
card-reopened = Reopened
card-solution = Solution
card-closed = Closed
card-duplicate-of = Says the same as
card-incident = Incident
card-incident-value = One solution closes it with the others
card-notes = Notes
card-rating = Rating
card-rating-value = { $stars } of 5
card-ladder = Escalation ladder
card-no-details = No further details were given.
times =
    { $count ->
        [one] once
       *[other] { $count } times
    }

## Escalation packet

packet-title = Escalation of #{ $number } · { $subject }
packet-waiting = Waiting for somebody to accept it.
packet-accepted = Accepted by { $specialist } { $since }.
packet-handed-back = Handed back by { $specialist } { $since }: { $reason }
packet-over = Nothing to do here any more. The ticket is now: { $state }.
packet-to = To
packet-by = Handed over by
packet-tried = What was tried
packet-expected = What is expected
packet-request = The request
packet-story = The story so far
packet-not-said = Not said
packet-reaction = Agreed reaction time
ladder-asked = functional escalation: { $whom } asked
ladder-asked-again = functional escalation: { $whom } asked again
ladder-told = hierarchical escalation: { $whom } told
ladder-told-nobody = hierarchical escalation: the desk's admin, but nobody is known; run `/desk setup` again
ladder-next = Next, { $when }: { $step }
call-waits = Handed over { $since }; nobody has accepted it yet.
call-packet = Accept it or hand it back [on its packet](<{ $link }>).
proposal-serves = Suggested, serves this category
proposal-solved =
    { $count ->
        [one] Suggested, solved one like it
       *[other] Suggested, solved { $count } like it
    }

## What happened, one line each

event-opened = opened by { $who }
event-claimed = claimed by { $who }
event-released = put back into the queue by { $who }
event-assigned = given to { $agent } by { $who }
event-escalated = handed over to { $specialism } by { $who }
event-accepted = accepted by { $who }
event-handed-back = handed back by { $who }: { $reason }
event-resolved = solved by { $who }: { $solution }
event-closed = closed by { $who }: { $reason }
event-reopened = reopened by { $who }
event-waiting = the clock was stopped to wait for the requester by { $who }
event-went-on = the clock goes on, by { $who }
event-answered = first answered by { $who }
event-found-idle = put back into the queue, because nothing was seen of { $agent } for a long time
event-specialist-idle = put back to second level, because nothing was seen of { $specialist } for a long time
event-overdue = was due { $due }
event-prioritised = priority { $from } changed to { $to } by { $who }
event-prioritised-why = priority { $from } changed to { $to } by { $who }: { $reason }
event-categorised = category set to { $category } by { $who }
event-noted = note by { $who }: { $text }
event-replied = answered by { $who } with “{ $name }”: { $text }
event-followed = #{ $number } says the same and follows, said { $who }
event-linked-to-incident = made part of the incident “{ $title }” by { $who }
event-member-added = { $member } added by { $who }
event-member-removed = { $member } removed from the thread, without a role of the desk any more
event-taken-back = taken back from { $member }, who has no role of the desk any more
event-requester-left = the requester has left the server
event-requester-returned = the requester is back in the server
event-thread-deleted = the thread was deleted by hand and made anew
event-rated = rated { $stars } of 5 by { $who }
event-rating-commented = { $who } on the rating: { $text }
event-by-the-desk = the desk
close-reason-confirmed = the solution works
close-reason-silence = no answer to the solution
close-reason-duplicate = says the same as #{ $number }
close-reason-incident = part of “{ $title }”, which is solved
close-reason-no-answer = no answer to our question
close-reason-manual = closed by hand

## Said in the ticket's thread

say-solution-title = The solution for your ticket #{ $number }
say-solution-question = Does it work? If I hear nothing, I close the ticket { $closes }.
say-solution-confirmed = Thank you for telling us. The ticket is closed now.
say-solution-reopened = Thank you for telling us. We carry on.
say-canned-from = **Answer from { $agent }**
say-duplicate = Your ticket says the same as #{ $number }, on which we are working already, so this one is closed. As soon as there is a solution, you read it here. If yours is something else, reopen it with the button on its closing note.
say-followed-title = The solution of #{ $number }, which says the same as your ticket
say-followed-closed = #{ $number }, which says the same as your ticket, was closed without a solution. If you still have the problem, reopen your ticket with the button on its closing note.
say-part-of-incident = This is a known problem: **{ $title }**. We are working on it, and as soon as it is solved, you read it here.
say-solved-for-all = If you still have the problem, reopen your ticket with the button on its closing note.
say-file-kept = The file that came with this request: **{ $name }**
say-file-too-large = The file **{ $name }** is larger than 10 MiB, so I cannot put it here. For about a day the link on the card still leads to it. Please send it here in smaller parts.
say-file-missing = Discord does not have the file **{ $name }** any more. Please send it here once more.
say-file-unreached = I could not fetch the file **{ $name }** from Discord. For about a day the link on the card still leads to it. Please send it here once more.
say-file-elsewhere = The file **{ $name }** does not come from Discord, so I have not fetched it.
say-file-runs = I do not pass on the file **{ $name }**, because it is a program, a script or a web page. Please send a picture or a text instead, or agree here on another way.
say-file-disguised = I do not pass on the file **{ $name }**, because it is not what its name says. Please send it here under its right name.
say-handed-back = Second level hands #{ $number } back to { $agent }: { $reason }
say-thread-anew = The earlier thread of this ticket was deleted, and what was written in it is gone. The ticket itself is kept, so we go on here. If something important was only in the old thread, please write it again.
say-thread-deleted = The thread of #{ $number } was deleted on Discord. The ticket is still open, so I have made a new one: { $thread }. If the ticket is not needed any more, close it with the button on its card.
say-taken-back-queue = { $holder } had #{ $number } and has no role of first or second level any more. It is back in the queue: please claim it.
say-taken-back-second = { $holder } had #{ $number } and has no role of first or second level any more. { $role }: it waits for somebody to accept it again.
say-requester-left = { $requester }, who opened #{ $number }, has left this server. If nothing is left to do, close the ticket; otherwise note what remains.
say-stray = This thread belongs to no ticket, so nobody looks into it. If you still have the problem, please ask anew with `/support`.
say-due-soon = { $ticket } is due { $due }.
say-overdue = { $ticket } is overdue. It was due { $due }.
say-answer-owed = In { $ticket } the requester wrote { $since } and has no answer yet.
say-found-idle = { $ticket } was with you, and nothing was seen of it for a long time. It is back in the queue now. Take it again if you are on it.
say-specialist-idle = { $ticket } was with you, and nothing was seen of it for a long time. It waits for { $role } again. Accept it again if you are on it.
say-waiting = { $by } needs an answer from you before we can carry on. Just write it here.
say-nudge = We are still waiting for your answer here. If I hear nothing, I close the ticket { $closes }. You can reopen it after that.
say-closing-soon = Does the solution work? If I hear nothing, I close the ticket { $closes }.
say-reopened-held = { $by } has reopened #{ $number }. It is with { $holder } again.
say-reopened-queue = { $by } has reopened #{ $number }. It is back in the queue.

## Closing note in the support channel; others can read it, so it names no subject

closing-title = Ticket #{ $number } is closed
closing-text = How was our help? 1 is poor, 5 is excellent. If the problem is back, reopen the ticket until { $until }.
closing-rated = Thank you for your rating. If the problem is back, reopen the ticket until { $until }.
closing-duplicate = It says the same as #{ $number }; as soon as that one is solved, its thread tells you. If it is something else, reopen it until { $until }.
closing-commented = Thank you, your comment is with the team. If the problem is back, reopen the ticket until { $until }.
closing-reopened-title = Ticket #{ $number } is open again
closing-reopened-text = We carry on in { $thread }.
closing-reopened-text-unlinked = We carry on in its thread.

## Opened

opened-linked = Ticket #{ $number } is recorded. Everything else happens in { $thread }.
opened-unlinked = Ticket #{ $number } is recorded. The link to its thread follows in a moment.
opened-before =
    { $count ->
        [0] No ticket is before yours.
        [one] One ticket is before yours.
       *[other] { $count } tickets are before yours.
    }
opened-on-duty = On duty: { $people }.
opened-usual = A first answer usually comes within { $span }.
opened-usual-open = A first answer usually comes within { $span } of opening hours.
opened-opens = We are closed now and open again { $opens }.
opened-describe = Tell us more with the menus, if you like: it helps us to see what is urgent.
span-minutes =
    { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
span-hours =
    { $count ->
        [one] one hour
       *[other] { $count } hours
    }
span-days =
    { $count ->
        [one] one day
       *[other] { $count } days
    }

## Answers

answer-maybe = I am not sure that this fits, but it is the nearest. If nothing here helps, open a ticket and a person takes over.
answer-none-title = I found nothing that fits
answer-none = Open a ticket, and a person takes over. Your question goes with it.
answer-solved = Glad it helped. If it comes back, ask again with `/support`.
kb-nothing-found = Nothing in the knowledge base fits. Try other words.

## The knowledge base from behind

gaps-title = Questions that no article solved, of the last 90 days
gaps-none = No question of the last 90 days was left without an answer that helped.
gaps-counts =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    } asked this { $times }, last { $last }; { $tickets ->
        [0] no ticket
        [one] 1 ticket
       *[other] { $tickets } tickets
    }
gaps-unanswered = Nothing was found.
gaps-shown = Was shown, did not help: { $title }
gaps-draft = Being written or new: { $title }
stats-title = What came of the articles, of the last 90 days
stats-none = No article was shown yet.
stats-lately = Last 30 days
stats-whole = Last 90 days
stats-totals =
    { $asked } asked, { $answered } answered, { $kept } % without a ticket; { $solved } said to be solved ({ $share } %); { $tickets ->
        [0] no ticket
        [one] 1 ticket
       *[other] { $tickets } tickets
    }
stats-article = shown { $shown }, solved { $solved } ({ $share } %), ticket all the same { $rejected }
stats-stale = Past their date of review: { $count }
stats-no-owner = no owner
review-due = { $owner }: { $article } should have been looked at by { $date }. Is it still true?
lessons-none = Nothing was learned about this article.
lesson-solved = solved it
lesson-resolved = solved a ticket
lesson-rejected = did not help
## Transcripts

transcript-note = The transcript of #{ $number } · { $subject }. For staff only: it holds the notes as well.
transcript-copy = What is kept about your ticket #{ $number }, as a page and as plain text. Only you see it.
transcript-said = What was written
transcript-file = (file { $name })
transcript-cut = Earlier messages are left out.

## Incidents

banner-title = Known problem: { $title }
banner-since = We know since { $since } and are working on it. You have it, too? One press is enough, a ticket is not needed.
incident-title = Incident: { $title }
incident-opened = Opened
incident-closed = Solved
incident-people = People
incident-tickets = Tickets
incident-solved-title = { $title } is solved
incident-solved-people =
    { $count ->
        [0] If you still have the problem, ask with `/support`.
        [one] One person had it. If you still have the problem, ask with `/support`.
       *[other] { $count } people had it. If you still have the problem, ask with `/support`.
    }
incident-is-open =
    { $count ->
        [0] The incident is open. Everybody who asks sees it above the answer.
        [one] The incident is open with one ticket. Everybody who asks sees it above the answer.
       *[other] The incident is open with { $count } tickets. Everybody who asks sees it above the answer.
    }
incident-is-closed =
    { $count ->
        [0] The incident is closed. The support channel is told.
        [one] The incident is closed. Its ticket is closed as well, and its requester is told.
       *[other] The incident is closed. Its { $count } tickets are closed as well, and their requesters are told.
    }
incidents-title = Open incidents
incidents-none = No incident is open. `/desk incident` opens one.
incidents-line = **{ $title }** · { $since } · people: { $people } · tickets: { $tickets }
proposal-title = { $count } tickets look like one problem
proposal-text = Open an incident, and everybody who asks sees it above the answer; one solution then closes these tickets and tells everybody.
proposal-taken = An incident was opened from these tickets.
me-too =
    { $others ->
        [0] Noted. You are the first to say so. When it is solved, it is said here in the support channel.
        [one] Noted, you and one other. When it is solved, it is said here in the support channel.
       *[other] Noted, you and { $others } others. When it is solved, it is said here in the support channel.
    }
me-too-again = You said so already, and you count. When it is solved, it is said here in the support channel.

## Forms (Discord's limits: 45 characters for a title and for a label)

form-open-title = Open a ticket
form-open-subject = What is it about?
form-open-details = What happens, since when? (optional)
form-escalate-title = Escalate #{ $number }
form-escalate-tried = What was tried?
form-escalate-expected = What is expected of second level? (optional)
form-resolve-title = Resolve #{ $number }
form-resolve-text = The solution, as the requester reads it
form-close-title = Close #{ $number }
form-close-text = Why? (optional)
form-hand-back-title = Hand back #{ $number }
form-hand-back-text = Why does it go back to first level?
form-comment-title = Your comment on #{ $number }
form-comment-text = What went well, what did not?
form-incident-title = Open an incident
form-incident-subject = What does not work?
form-incident-text = What is known, what to do meanwhile?
form-incident-solve-title = The incident is solved
form-incident-solution = The solution, as everybody reads it
form-note-title = Note on #{ $number }
form-note-text = What staff should know
escalate-which = To whom do you hand over #{ $number }?

## Lists

list-mine-title =
    { $count ->
        [one] Your ticket
       *[other] Your { $count } tickets
    }
list-mine-empty = You have no tickets. Ask a question with `/support`.
list-queue-title =
    { $count ->
        [one] 1 ticket in the queue
       *[other] { $count } tickets in the queue
    }
list-queue-empty = The queue is empty.
list-due = { $priority }, due { $due }
list-waiting = { $priority }, asked { $since }
list-page = Page { $page } of { $pages }

## What was done

done-claimed = #{ $number } is yours now.
done-released = #{ $number } is back in the queue.
done-assigned = #{ $number } is with { $agent } now.
done-escalated = #{ $number } is handed over to second level. You stay in its thread.
done-accepted = #{ $number } is yours now. You are being added to its thread.
done-handed-back = #{ $number } is back with first level.
done-waiting = #{ $number } waits for its requester. The clock stands until they write, or until you carry on.
done-going-on = #{ $number } goes on, and its clock with it.
done-resolved = The requester of #{ $number } has the solution and is asked whether it works.
done-closed = #{ $number } is closed.
done-reopened = #{ $number } is open again.
done-prioritised = #{ $number } now has priority { $priority }.
done-categorised = #{ $number } is now in the category { $category }.
done-noted = The note on #{ $number } is saved. Only staff can read it.
done-replied = The requester of #{ $number } gets the reply.
done-duplicate = #{ $number } is closed and follows #{ $of }. Its requester is told.
done-linked-to-incident = #{ $number } is part of the incident. Its requester is told.
done-added = { $member } is being added to the thread of #{ $number }.

## Refusals: one sentence that says what to do

refused-not-set-up = This server has no support desk yet. Somebody who may manage the server sets it up with `/desk setup`.
refused-no-such-ticket = There is no such ticket here. `/tickets` lists yours.
refused-no-such-question = I no longer have this question. Please ask it again with `/support`.
refused-text-missing = Something readable is missing. Please write at least a word and send it again.
refused-text-too-long = That is too long. Please shorten it to { $max } characters.
refused-not-an-agent = { $user } does not have the first-level role. Pick somebody who has it.
refused-which-specialism = There are several specialisms. Name one with the option `specialism`: { $names }
refused-no-such-specialism = There is no such specialism here. Pick one from the suggestions.
refused-no-such-reply = There is no such prepared reply. Pick one from the suggestions.
refused-duplicate-of-itself = A ticket cannot say the same as itself. Give the number of the other one with `of`.
refused-original-closed = #{ $number } is closed, so nobody would hear of a solution. Reopen it first, or link to another one.
refused-no-such-incident = There is no such incident that is open here. `/desk incident` lists them.
refused-which-incident = Several incidents are open. Name one with the option `incident`: { $names }
refused-incident-over = { $by } closed this incident { $at }. If you still have the problem, open a ticket with `/support`.
refused-proposal-taken = An incident was opened from these tickets already. `/desk incident` lists it.
refused-part-of-incident = This ticket is part of an incident already.
refused-not-rated = Please rate the help first, then add your comment.
refused-rating = A rating is from 1 to 5. Please use the buttons of the closing note.
refused-no-such-gap = These questions are no longer open, or newer ones stand for them. Look again with `/kb gaps`.
refused-no-such-lesson = That is no longer there. Look again with `/kb stats`.
refused-role-missing = A new specialism needs a role whose members are asked. Give it with the option `role`.
refused-role-of-set-up = This specialism has the role that was chosen as second level. Change it with `/desk setup`.
refused-no-such-category = There is no such category here. Pick one from the suggestions, or make it with `/desk category`.
refused-no-such-category-named = There is no category { $name } here. Make it with `/desk category` first.
refused-too-many-own-tickets = You have { $max } unsolved tickets, and more would not be answered sooner. Close one that is settled in its thread, or add to one that is open; `/tickets` lists them.
refused-too-many-tickets = This server has { $max } unsolved tickets, as many threads as Discord allows. Please try again once some are solved, and tell your support team.
refused-too-many-categories = There is room for { $max } categories, as many as a menu can show. Remove one first.
refused-decided-by-staff = Somebody of support has decided this already. Tell them in the ticket's thread if it is wrong.
refused-not-four-times = Give four times in minutes, for P1 to P4, such as `5 15 60 240`; each at most a week.
refused-no-such-end = Give a span within a week, such as `4h`, `90m` or `7h30m`, or a time of the day, such as `17:00`.
refused-end-no-zone = I do not know where the desk is yet. Give a span, such as `4h`, or set the time zone with `/desk hours` first.
refused-webhook-no-address = That is no address that I can call. Give one such as `https://example.com/hook`, with no name and password in it.
refused-webhook-not-https = I call `https` addresses only.
refused-webhook-private = I call no addresses inside a private network.
refused-waiting = This ticket has been waiting for its requester since { $since }. To go on without an answer, use `/ticket wait over:True`.
refused-weekday = “{ $part }” is no day of the week that I know. Write the times like this: `Mon-Fri 08:00-12:00, 13:00-17:00; Sat 9-12`.
refused-time = “{ $part }” is no time that I can read. Write the times like this: `Mon-Fri 08:00-12:00, 13:00-17:00; Sat 9-12`.
refused-times-missing = The times are missing. Write them like this: `Mon-Fri 08:00-12:00, 13:00-17:00; Sat 9-12`.
refused-weekday-missing = “{ $part }” stands without a day. Write the times like this: `Mon-Fri 08:00-12:00, 13:00-17:00`.
refused-backwards = “{ $part }” ends before it begins. A time over midnight is written as two: `Mon 22:00-24:00; Tue 0:00-6:00`.
refused-overlap = “{ $part }” overlaps with another time of the same day. Name each time once.
refused-date = “{ $part }” is no date that I can read. Write days off like this: `12-24, 2026-05-15, 2026-08-03..2026-08-14`. Without a year they are off every year.
refused-days-off-too-many = That is more than { $max } days off. Put them into a calendar file and send it with the option `calendar`.
refused-span = “{ $part }” is no span of time that I can read. Write it as minutes, hours or working days: `30m`, `4h`, `2d`, at most 90 days.
refused-ics-none = I cannot read this file as a calendar. Export it as iCalendar (`.ics`) and send it again.
refused-ics-too-large = This file is larger than { $max } KiB. Export a calendar that holds the days off only.
refused-ics-too-many = This file has more than { $max } days off. Export a calendar that holds the days off only.
refused-ics-empty = This calendar has no whole day in it. Days off are events that last all day.
refused-no-such-zone = I do not know this time zone. Pick one from the suggestions, such as `Europe/Berlin`.
refused-hours-incomplete = Opening hours begin with a time zone and the times of the week. Give both options, `zone` and `week`.
refused-never-open = With that the desk would never open again. Leave at least one time of the week and a day that is not off.
refused-sla-backwards = That would promise a solution sooner than a first response. Change both so that the first response comes first.
refused-sla-incomplete = For which priority? Give it with the option `priority`.
refused-taken = { $holder } took this ticket { $since }. Talk to them, or pick another one from `/tickets queue`.
refused-taken-by-you = You took this ticket { $since }.
refused-wrong-state = That does not fit the ticket's state any more. It is now: { $state }.
refused-too-late = This ticket was closed { $closed }, too long ago to reopen it. Please open a new one with `/support`.
denied-role-only = Only members of { $role } can do this. Ask one of them, or in the ticket's thread.
denied-staff-only = Only first and second level can do this. Ask them in your ticket's thread.
denied-second-level-only = Only second level and people who may manage the server can do this. Ask one of them.
denied-holder-only = { $holder } took this ticket { $since } and decides about it. Ask them, or have it assigned to you with `/ticket assign`.
denied-requester-only = Only the person who opened the ticket can do this.
denied-managers-only = Only people who may manage the server can do this. Ask one of them.
mistake-outside-server = I work inside a server only. Use me in the server of your company.
mistake-unknown-button = This button is from an older version. Use `/ticket` or ask again with `/support`.
mistake-unknown-command = This command has just changed. Reload Discord and try again.
mistake-number-missing = Which ticket? Use the command in the ticket's thread, or give its number with the option `number`.
mistake-no-such-article = This article is no longer there. Ask again with `/support`, or pick one from the suggestions of `/kb show`.
mistake-file-unreached = I could not fetch that file from Discord. Please send it again.
mistake-undecodable = Discord sent something that I cannot read yet. Use the command `/support` or `/ticket` instead.
mistake-late = That took longer than it may. Please try again.
mistake-busy = Very many people are asking right now. Please try again in a moment.
incident = That went wrong on our side, and not because of you. Please try again in a moment. If it stays, tell your admin this number: **{ $incident }**

## Setting up

set-up-refused-title = Not saved: something is missing
set-up-try-again = Change that in Discord's settings, then use `/desk setup` again.
set-up-kept = What was saved before is still in use. Change that in Discord's settings, then use `/desk setup` again.
set-up-saved-title = The desk is open
set-up-saved = Tickets become private threads in { $support }, their cards stand in { $queue }. First level is { $first }, second level is { $second }. Try it: ask a question with `/support`.
set-up-warnings = Worth a look
check-title = How the desk stands
check-good = Everything that the desk needs is granted.
check-transcripts = Transcripts
check-transcripts-story = Transcripts of closed tickets hold what happened, not what was written.
check-transcripts-messages = Transcripts of closed tickets hold what was written as well.
check-transcripts-hidden = Transcripts are to hold what was written (FRONTDESK_TRANSCRIPTS), but Discord hides it from me. Switch on “Message Content Intent” in the developer portal, under Bot.
check-given-up = Could not be delivered
button-try-again = Try again
button-let-go = Let go
remedy-grant = Grant what is missing above, then press “Try again”.
remedy-discard = What it was about was deleted in Discord. Press “Let go”.
remedy-make-room = The server has as many active threads as Discord allows. Close some, then press “Try again”.
remedy-try-again = Discord had trouble for a long time. Press “Try again”.
remedy-report = That is a fault of mine: please report it with the log. “Let go” takes it off this list.
given-up-tried-again = { $jobs ->
    [0] There is nothing left to try again.
    [one] One delivery is tried again. `/desk check` shows it if it fails.
   *[other] { $jobs } deliveries are tried again. `/desk check` shows those that fail.
}
given-up-discarded = { $jobs ->
    [0] There is nothing left to let go of.
    [one] One delivery is let go of.
   *[other] { $jobs } deliveries are let go of.
}
specialisms-title = Specialisms
specialisms-check = /desk check looks at their channels and roles
specialism-serves = serves { $names }
specialism-lead = lead { $person }
specialism-next = then { $role }
specialism-timeouts = steps after { $minutes } min
specialism-provider = outside provider
specialism-reaction = reacts within { $span }
specialism-webhook = is called by webhook
webhook-secret-title = The webhook's secret, shown this once
webhook-secret = Every call carries `X-Frontdesk-Timestamp` and `X-Frontdesk-Signature: v1=<hex>`, the HMAC-SHA256 of `<timestamp>.<body>` with this secret.
categories-title = Categories
categories-empty = There are none yet. Make one with the option `name`.
category-found-by = found by { $keywords }
category-starts = starts as { $priority }
categories-vip = Tickets of { $role } are one level up.
duty-title = On duty
duty-nobody = Nobody is on duty. Escalations then ping the whole role. Be the first with `/desk duty state:on`.
duty-line = { $person } · { $what } · since { $since }
duty-line-until = { $person } · { $what } · since { $since }, until { $until }
duty-on = You are on duty now.
duty-off = You are not on duty.
hours-title = Opening hours
hours-always = No opening hours are set, so every clock runs day and night. Set them with the options `zone` and `week`.
hours-zone = Time zone
hours-holidays = Public holidays
hours-days-off = Days off
hours-imported = Days off from the calendar file
hours-left-out = Left out
hours-left-out-why =
    { $count ->
        [one] 1 event of the file, because it does not last all day, or repeats other than yearly.
       *[other] { $count } events of the file, because they do not last all day, or repeat other than yearly.
    }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
sla-title = What is promised
sla-business = Counted in opening hours. Days are working days.
sla-wall-clock = Counted day and night, because no opening hours are set.
sla-promise = First response within { $first }, solution within { $solved }
sla-promise-always = First response within { $first }, solution within { $solved }, around the clock
sla-idle = Idle tickets go back after
sla-answer = Reminder of an answer owed after
finding-channel-gone = The channel { $channel } is gone, or I cannot see it. Pick another one.
finding-not-a-text-channel = { $channel } is not a text channel. Pick an ordinary text channel.
finding-same-channel = { $channel } cannot be both: the queue is for staff only. Pick two channels.
finding-role-gone = The role { $role } is gone. Pick another one.
finding-everyone-is-staff = With @everyone as a staff role everybody could read all tickets. Pick another role.
finding-managed-role = { $role } belongs to an app or integration, so nobody can be given it. Pick another role.
finding-cannot-mention = I cannot mention { $role } in { $channel }. Allow everybody to mention the role, or give me “Mention @everyone, @here, and All Roles” there.
finding-bot-lacks = I lack “{ $right }” in { $channel }.
finding-role-lacks = { $role } lacks “{ $right }” in { $channel }.
finding-visible-to-everyone = Everybody can see { $channel }. Cards hold what people wrote; staff alone should see them.
finding-everyone-lacks = @everyone lacks “{ $right }” in { $channel }, so not everybody can ask for support there.
right-view = View Channel
right-send = Send Messages
right-create-private-threads = Create Private Threads
right-send-in-threads = Send Messages in Threads
right-manage-threads = Manage Threads
right-read-history = Read Message History
right-embed-links = Embed Links
right-attach-files = Attach Files
right-use-commands = Use Application Commands
job-create-thread = making the thread
job-add-member = adding somebody to the thread
job-remove-member = removing somebody from the thread
job-close-stray = closing a thread without a ticket
job-post-card = posting a card
job-file = the file that came with the request
job-link-thread = giving the link
job-update-cards = updating the cards
job-escalation = the escalation packet
job-call = a step of the escalation ladder
job-notify-provider = the call to an outside provider
job-say = a message in the thread
job-end-silence = looking whether somebody has answered in the thread
job-close-thread = closing the thread
job-open-thread = opening the thread again
job-transcript = the transcript
job-incident = an incident
job-closing-note = the closing note
job-report = the weekly report

## Reports: /desk report, the weekly report, and `frontdesk report`

report-title = Support from { $from } to { $to }
report-questions = Questions
report-asked = asked
report-deflection = answered without a ticket
report-deflection-confirmed = of all, said to be solved
report-tickets = Tickets
report-opened = opened
report-solved = solved
report-closed-unsolved = closed without a solution
report-reopened = reopened
report-rating = rating
report-stars = { $mean } of 5 ({ $count })
report-levels = Levels
report-first-level = solved at first level
report-first-contact = solved at first contact
report-escalated = handed over
report-bounced = of these, handed back
report-times = Times
report-first-response = first response
report-resolution = resolution
report-working = in working time
report-in-time = in time
report-spread = { $median }, 9 of 10 within { $p90 }
report-backlog = Open now
report-open = open
report-overdue = overdue
report-second-level = at second level
report-waiting-for-requester = waiting for an answer
report-age = age
report-ages = { $median }, the oldest { $oldest }
report-categories = Top categories
report-no-category = without a category
report-gaps = Asked and not solved
report-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
report-rate = { $percent }% ({ $count } of { $all })
report-no-data = no data
report-files = How each figure is counted stands in the README. The table and the data are attached.
report-weekly-set = Every Monday I post the week's report in { $channel }, the next one { $next }.
report-weekly-stopped = I post no weekly report any more.
report-weekly-refused = I cannot post a weekly report there:
report-chart-title-day = Tickets and answers per day
report-chart-title-week = Tickets and answers per week
report-chart-title-month = Tickets and answers per month
report-chart-opened = Tickets opened
report-chart-solved = Tickets solved
report-chart-deflected = Answered without a ticket
report-chart-empty = Nothing happened in this period
report-chart-described = From { $from } to { $to }: { $opened } tickets opened, { $solved } solved, { $deflected } questions answered without a ticket
figure-minutes = { $minutes } min
figure-hours = { $hours } h { $minutes } min
figure-days = { $days } d { $hours } h
day-of-month = { $day } { $month }
day-and-year = { $day } { $year }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

## Articles written on the desk

button-save-solution = Save as solution
button-publish = Publish
button-edit = Edit
button-discard = Discard
button-restore = Bring this version back
button-withdraw = Take offline
select-alike = Read what says nearly the same
select-versions = Versions
audience-everyone = everyone
audience-staff = staff only
form-article-title = Write an article
form-article-edit-title = Edit the article
form-article-heading = Title
form-article-body = The solution, step by step
form-article-questions = Typical questions, one a line (optional)
form-article-tags = Tags, with commas (optional)
form-article-audience = For whom? "everyone" or "staff"
form-discard-title = Discard the article
form-discard-reason = Why? Its author reads it. (optional)
review-title = Article for review · { $title }
review-waiting = Written by { $by } { $since }. Is it right, and will others understand it? Until somebody publishes it, nobody is answered from it.
review-published = Published by { $by } { $at }.
review-discarded = Discarded by { $by } { $at }.
review-withdrawn = Taken offline by { $by } { $at }.
review-questions = Typical questions
review-version = Version
review-audience = For whom
review-language = Language
review-tags = Tags
review-ticket = From the ticket
review-instead = Takes the place of the file's article
review-alike = These say nearly the same
review-told-published = “{ $title }” is published by { $by }. From now on people are answered from it.
review-told-discarded = “{ $title }” was discarded by { $by }.
review-told-discarded-because = “{ $title }” was discarded by { $by }: { $reason }
review-told-withdrawn = “{ $title }” was taken offline by { $by }.
review-told-waiting = “{ $title }” waits for review again.
review-list-title =
    { $count ->
        [one] 1 article waits for review
       *[other] { $count } articles wait for review
    }
review-list-empty = No article waits for review.
article-saved = “{ $title }” is saved and waits for review. Until somebody publishes it, nobody is answered from it.
article-saved-instead = Once published it takes the place of the file's article in this server; the file stays as it is.
article-withdrawn = “{ $title }” is offline. If it stood in the place of a file's article, that one answers again.
article-version = This is { $version }.
article-version-waiting = { $version } waits for review.
article-version-line = version { $number } by { $by }, { $at }
article-version-option = Version { $number } of { $day }
say-documented = Your question has become an article: “{ $title }”. Whoever asks next gets it at once. Thank you.
refused-no-such-article = There is no such article here. Pick one from the suggestions of `/kb edit`.
refused-article-too-long = This article is longer than the { $max } characters that a form holds. Please edit its file.
refused-article-published = { $by } has published this { $at }. `/kb edit` changes it further.
refused-article-discarded = { $by } has discarded this { $at }. `/kb edit` takes it up again.
refused-article-withdrawn = { $by } has taken this offline { $at }. `/kb edit` takes it up again.
refused-article-waiting = This waits for review again. Look at its latest card.
refused-article-newer = { $by } has saved a newer version { $at }. Read that one first, then decide.
refused-article-not-live = This article is offline already.
denied-reviewers-only = Only second level, people who may manage the server and the article's owner decide about articles. `/kb review` shows what waits.
job-review = article for review
job-tell-author = word to an article's author
job-remind-of-review = telling an owner that an article has to be looked at

## Practice: pretended tickets for first level

button-practice-ask = Ask the requester
button-practice-search = Find the article
button-practice-finish = Finish
select-practice-article = Which article helps?
form-practice-ask = Ask the requester
form-practice-ask-text = Your question
form-practice-search-text = What do you look for?
form-practice-escalate = Hand it over
form-practice-resolve = Solve it
practice-thread = Practice { $number } ·
practice-title = Practice · { $title }
practice-pretended = { $name } (pretended)
practice-you = You
practice-starting = Your practice ticket is being prepared. You will be added to its thread.
practice-started = Your practice ticket is in { $thread }.
practice-is-stopped = You have given up the practice. It counts for nothing.
practice-working = **This is practice.** { $name } does not exist, nobody waits, and no report counts it. Ask, find the article, choose the category; then solve it or hand it over.
practice-reviewing = It is decided. Read once more what you wrote, tick what is true of it, then finish.
practice-finished = **The practice is over: { $points } of 100 points.** `/desk practice` starts the next one and shows your progress; only you and people who may manage the server see it.
practice-given-up = This practice was given up and counts for nothing. `/desk practice` starts another.
practice-reminder = Your practice is still here. Go on with the card above, or stop it with `/desk practice`. If you do neither, I put it away { $stops }; it counts for nothing then.
practice-chosen = Chosen: { $title }. Until you have decided, you can choose another.
practice-to-whom = To whom do you hand it over?
practice-go-on = Handed over. Go on with the questions on the card.
practice-article = Article
practice-response = First reaction
practice-escalation = Solved or handed over
practice-tone = Tone
practice-why = Why
practice-none-chosen = none chosen
practice-did-resolve = You solved it
practice-did-escalate = You handed it over to { $to }
practice-right-resolved = first level solves it
practice-right-escalated = it goes to { $to }
practice-score-escalation = { $did }. Right: { $right }.
practice-score-article = Chosen: { $chosen }. What helps: { $expected }
practice-score-no-article = No article helps here.
practice-score-category = Chosen: { $chosen }. Right: { $expected }
practice-score-response = After { $span }; good is within { $limit }.
practice-score-tone = { $kept } of { $of }, in your own eyes
practice-progress-of = The practice of { $person }
practice-progress-none = { $person } has not finished any practice yet.
practice-progress-finished = Finished
practice-progress-mean = Mean of the latest
practice-progress-trend = Trend
practice-progress-train = To train
practice-points = { $points } of 100
practice-trend = from { $before } to { $lately }
practice-nothing-to-train = nothing in particular
refused-no-such-scenario = There is no such scenario. Pick one from the suggestions.
refused-no-scenarios = There is nothing to practise on yet. Scenarios are files under `practice/` in the folder of articles.
refused-no-such-practice = This practice is gone. Start another with `/desk practice`.
refused-no-practice = You are not practising anything. Start with `/desk practice`.
refused-practice-running = You are practising already, in { $thread }. Finish that one, or stop it with `/desk practice`.
refused-practice-running-unlinked = You are practising already; you will be added to its thread. Finish that one, or stop it with `/desk practice`.
refused-practice-for-oneself = Everybody starts and stops their own practice. With `user`, people who may manage the server see somebody's progress.
refused-practice-decided = You have solved or handed this over already. Go on with the questions on the card.
refused-practice-undecided = Solve it or hand it over first.
refused-practice-over = This practice is over. Start another with `/desk practice`.
refused-practice-to-whom = Choose first to whom you hand it over, with the button on the card.
denied-practising-only = This is the practice of { $agent }. Start your own with `/desk practice`.
job-practice = practice ticket

## One's own data, and how long texts are kept

button-delete-my-data = Delete my data
privacy-export = Everything that this server's desk knows about you. Only you see it.
privacy-confirm = Your questions, the texts of your tickets and everything else you wrote here will be emptied, and a random pseudonym will stand in your place, also in what you did for others. Published articles and announcements stay, without your name. What stands in Discord itself you can delete yourself. **This cannot be taken back.**
privacy-deleted =
    { $count ->
        [0] Done. This desk no longer knows you.
        [one] Done, your ticket is emptied as well. This desk no longer knows you.
       *[other] Done, your { $count } tickets are emptied as well. This desk no longer knows you.
    }
retention-title = How long the texts of closed tickets are kept
retention-none = The texts of closed tickets are kept for good. Give `days` to change that.
retention-line =
    { $days ->
        [one] **{ $category }**: 1 day
       *[other] **{ $category }**: { $days } days
    }
retention-others =
    { $days ->
        [one] Everything else: 1 day
       *[other] Everything else: { $days } days
    }
retention-note = Counted from the end of a ticket. Then every text is emptied; figures stay as they are.
refused-unfinished-tickets = First finish what somebody still waits for: { $numbers }. Close your own tickets, and release or solve those that you have taken.
refused-days-missing = For how many days? Give them with the option `days`, or choose `forever`.
refused-no-such-retention = Texts can be kept from { $min } to { $max } days, or for good with `forever`. A ticket can be reopened for { $min } days.

## Commands: looked up by key (Discord's limits: names 32 characters and lower case, descriptions and choices 100)

command-support-name = support
command-support-description = Ask for help: an answer at once, or a ticket
command-tickets-name = tickets
command-tickets-description = Your tickets; for staff also the queue
command-ticket-name = ticket
command-ticket-description = Act on a ticket
command-ticket-claim-name = claim
command-ticket-claim-description = Take a ticket from the queue
command-ticket-release-name = release
command-ticket-release-description = Put your ticket back into the queue
command-ticket-assign-name = assign
command-ticket-assign-description = Give a ticket to a first-level agent
command-ticket-escalate-name = escalate
command-ticket-escalate-description = Hand a ticket over to second level
command-ticket-accept-name = accept
command-ticket-accept-description = Take an escalation
command-ticket-handback-name = handback
command-ticket-handback-description = Give an escalation back to first level
command-ticket-wait-name = wait
command-ticket-wait-description = Stop the clock until the requester answers
command-ticket-resolve-name = resolve
command-ticket-resolve-description = Give the requester a solution
command-ticket-close-name = close
command-ticket-close-description = Close a ticket
command-ticket-reopen-name = reopen
command-ticket-reopen-description = Open a solved or closed ticket again
command-ticket-priority-name = priority
command-ticket-priority-description = Change how urgent a ticket is
command-ticket-category-name = category
command-ticket-category-description = Put a ticket into a category
command-ticket-note-name = note
command-ticket-note-description = Write a note that only staff can read
command-ticket-add-name = add
command-ticket-add-description = Add somebody to a ticket's thread
command-ticket-duplicate-name = duplicate
command-ticket-duplicate-description = Close a ticket because another one says the same
command-ticket-reply-name = reply
command-ticket-reply-description = Answer with a prepared reply
command-ticket-info-name = info
command-ticket-info-description = Where a ticket stands and what happened
command-kb-name = kb
command-kb-description = The knowledge base
command-kb-search-name = search
command-kb-search-description = Search the knowledge base
command-kb-show-name = show
command-kb-show-description = Read an article
command-kb-new-name = new
command-kb-new-description = Write an article
command-kb-edit-name = edit
command-kb-edit-description = Change an article
command-kb-review-name = review
command-kb-review-description = The articles that wait for review
command-save-solution-name = Save as solution
command-save-solution-description = In the menu of a message: make an article of it
command-kb-gaps-name = gaps
command-kb-gaps-description = Questions that no article solved, grouped
command-kb-stats-name = stats
command-kb-stats-description = What came of answers; of one article, also what it has learned
command-desk-name = desk
command-desk-description = Set the desk up and look after it
command-desk-setup-name = setup
command-desk-setup-description = Choose the desk's channels and roles; safe to run again
command-desk-check-name = check
command-desk-check-description = Check permissions and deliveries
command-desk-specialism-name = specialism
command-desk-specialism-description = Add, change or remove a field of second-level work
command-desk-incident-name = incident
command-desk-incident-description = Something that many report: open, close, link a ticket, list
command-desk-practice-name = practice
command-desk-practice-description = Practise on pretended tickets, and see your progress
command-desk-retention-name = retention
command-desk-retention-description = How long the texts of closed tickets are kept
command-privacy-name = privacy
command-privacy-description = Your own data
command-privacy-export-name = export
command-privacy-export-description = Everything that this desk knows about you, as a file
command-privacy-delete-name = delete
command-privacy-delete-description = Delete what this desk knows about you
command-desk-report-name = report
command-desk-report-description = The figures of a period: what came in, how it was solved, what is open
command-desk-category-name = category
command-desk-category-description = What tickets are about: add, change, remove or list
command-desk-duty-name = duty
command-desk-duty-description = Go on or off duty, and see who is
command-desk-hours-name = hours
command-desk-hours-description = When the desk is open: show or change
command-desk-sla-name = sla
command-desk-sla-description = What is promised for each priority: show or change
command-open-from-message-name = Open a support ticket
command-open-from-message-description = In the menu of a message: open a ticket from it
command-option-question-name = question
command-option-question-description = What do you need help with?
command-option-category-name = category
command-option-category-description = What it belongs to, if you know
command-option-attachment-name = attachment
command-option-attachment-description = A screenshot or another file
command-option-queue-name = queue
command-option-queue-description = For staff: what somebody has to act on, earliest deadline first
command-option-number-name = number
command-option-number-description = The ticket's number; not needed in its thread
command-option-assignee-name = user
command-option-assignee-description = The agent who is to have it
command-option-specialism-name = specialism
command-option-specialism-description = To whom, if there are several
command-option-escalate-reason-name = reason
command-option-escalate-reason-description = What was tried, and what is expected
command-option-handback-reason-name = reason
command-option-handback-reason-description = Why it goes back
command-option-solution-name = solution
command-option-solution-description = The solution, as the requester reads it
command-option-close-reason-name = reason
command-option-close-reason-description = Why it is closed
command-option-level-name = level
command-option-level-description = How urgent it is
command-option-priority-reason-name = reason
command-option-priority-reason-description = Why it is more or less urgent
command-option-category-name-name = name
command-option-category-name-description = The category
command-option-note-text-name = text
command-option-note-text-description = What staff should know
command-option-duplicate-of-name = of
command-option-duplicate-of-description = The number of the ticket that says the same and stays open
command-option-incident-action-name = action
command-option-incident-action-description = What to do
command-option-incident-title-name = title
command-option-incident-title-description = What does not work, in one line
command-option-incident-text-name = text
command-option-incident-text-description = What is known; when closing, the solution for everybody
command-option-incident-which-name = incident
command-option-incident-which-description = Which, if several are open
command-option-reply-name-name = name
command-option-reply-name-description = Which reply; suggestions appear as you type
command-option-member-name = user
command-option-member-description = Who is to be added
command-option-query-name = query
command-option-query-description = What you are looking for
command-option-article-name = article
command-option-article-description = Its title; suggestions appear as you type
command-option-stats-article-name = article
command-option-stats-article-description = One article alone
command-option-support-channel-name = support_channel
command-option-support-channel-description = Where people ask; tickets become private threads here
command-option-queue-channel-name = queue_channel
command-option-queue-channel-description = Where staff see all tickets
command-option-first-level-name = first_level
command-option-first-level-description = The role of first-level agents
command-option-second-level-name = second_level
command-option-second-level-description = The role that escalations go to
command-option-language-name = language
command-option-language-description = The language of what everybody reads
command-option-specialism-name-name = name
command-option-specialism-name-description = What the specialism is called
command-option-specialism-role-name = role
command-option-specialism-role-description = Whose members are asked and may accept
command-option-specialism-channel-name = channel
command-option-specialism-channel-description = Where its escalations are posted, if not in the queue channel
command-option-specialism-remove-name = remove
command-option-specialism-remove-description = Take it out of use
command-option-practice-action-name = action
command-option-practice-action-description = What to do
command-option-practice-scenario-name = scenario
command-option-practice-scenario-description = Which; leave it out for the one you have practised least
command-option-practice-user-name = user
command-option-practice-user-description = For people who may manage the server: whose progress
command-option-retention-days-name = days
command-option-retention-days-description = Days after the end of a ticket; leave it out to see what holds
command-option-retention-category-name = category
command-option-retention-category-description = Only this one; left out, all without a rule of their own
command-option-retention-forever-name = forever
command-option-retention-forever-description = Keep the texts for good
command-option-report-period-name = period
command-option-report-period-description = Which days; the last 30 if you leave it out
command-option-report-weekly-name = weekly
command-option-report-weekly-description = For managers: post the week's report here every Monday
command-option-report-stop-name = stop
command-option-report-stop-description = For managers: no weekly report any more
command-option-german-name = german
command-option-german-description = What readers of German see; - for the same
command-option-serves-name = categories
command-option-serves-description = The categories it serves, with commas between; - for none
command-option-specialism-note-name = note
command-option-specialism-note-description = When to escalate to it; - for nothing
command-option-lead-name = lead
command-option-lead-description = Who is told when nobody accepts
command-option-next-role-name = next_role
command-option-next-role-description = Who is asked after it, before the lead
command-option-timeouts-name = timeouts
command-option-timeouts-description = Minutes to each step for P1 to P4, as 5 15 60 240; - for the usual ladder
command-option-provider-name = provider
command-option-provider-description = Whether it is an outside provider
command-option-reaction-name = reaction
command-option-reaction-description = Minutes within which the provider reacts
command-option-webhook-name = webhook
command-option-webhook-description = The https address of the provider's system; - for none
command-option-desk-category-name-name = name
command-option-desk-category-name-description = Its name; leave it out to see all
command-option-keywords-name = keywords
command-option-keywords-description = Words that put a ticket here, with commas between; - for none
command-option-category-priority-name = priority
command-option-category-priority-description = What its tickets start with
command-option-vip-role-name = vip_role
command-option-vip-role-description = For all: tickets of this role are one level up; with remove, no more
command-option-category-remove-name = remove
command-option-category-remove-description = Take it out of use
command-option-duty-state-name = state
command-option-duty-state-description = Leave it out to see who is on duty
command-option-duty-until-name = until
command-option-duty-until-description = For how long, as 4h or 90m; or until when, as 17:00
command-choice-usual = As usual
command-choice-on = on
command-choice-off = off
command-option-wait-over-name = over
command-option-wait-over-description = Do not wait any longer, the clock goes on
command-option-zone-name = zone
command-option-zone-description = The time zone, such as Europe/Berlin
command-option-week-name = week
command-option-week-description = For example: Mon-Fri 08:00-12:00, 13:00-17:00; Sat 9-12
command-option-state-name = state
command-option-state-description = The German state whose public holidays are kept
command-option-days-off-name = days_off
command-option-days-off-description = All of the company's own: 12-24, 2026-08-03..2026-08-14; "none" for none
command-option-calendar-name = calendar
command-option-calendar-description = Days off from a calendar file (.ics), in place of the last one
command-option-hours-clear-name = clear
command-option-hours-clear-description = Without opening hours: every clock runs day and night
command-option-sla-priority-name = priority
command-option-sla-priority-description = For which priority
command-option-first-response-name = first_response
command-option-first-response-description = How soon somebody takes it or writes: 30m, 4h, 2d
command-option-resolution-name = resolution
command-option-resolution-description = How soon it is solved: 30m, 4h, 2d
command-option-around-the-clock-name = around_the_clock
command-option-around-the-clock-description = Its clock runs outside of opening hours as well, and people are pinged then
command-option-idle-name = idle
command-option-idle-description = For all priorities: a ticket of whose holder nothing is seen goes back after this
command-option-answer-name = answer
command-option-answer-description = For all priorities: staff is reminded of an answer owed after this
command-option-sla-reset-name = reset
command-option-sla-reset-description = Back to what every desk promises at first
command-choice-p1 = P1, work stands still for many
command-choice-p2 = P2, work stands still for one
command-choice-p3 = P3, normal
command-choice-p4 = P4, when there is time
command-choice-incident-open = Open an incident
command-choice-incident-close = Close it with a solution for everybody
command-choice-incident-link = Make a ticket part of it
command-choice-incident-list = List the open ones
command-choice-practice-start = Start a practice ticket
command-choice-practice-stop = Give the current one up
command-choice-practice-progress = Show progress
command-choice-7-days = The last 7 days
command-choice-30-days = The last 30 days
command-choice-month = This month
command-choice-last-month = Last month
command-choice-quarter = This quarter
command-choice-year = This year
command-choice-region-bw = Baden-Württemberg
command-choice-region-by = Bavaria
command-choice-region-by-protestant = Bavaria, without Assumption Day
command-choice-region-augsburg = Augsburg
command-choice-region-be = Berlin
command-choice-region-bb = Brandenburg
command-choice-region-hb = Bremen
command-choice-region-hh = Hamburg
command-choice-region-he = Hesse
command-choice-region-mv = Mecklenburg-Vorpommern
command-choice-region-ni = Lower Saxony
command-choice-region-nw = North Rhine-Westphalia
command-choice-region-rp = Rhineland-Palatinate
command-choice-region-sl = Saarland
command-choice-region-sn = Saxony
command-choice-region-sn-catholic = Saxony, with Corpus Christi
command-choice-region-st = Saxony-Anhalt
command-choice-region-sh = Schleswig-Holstein
command-choice-region-th = Thuringia
command-choice-region-th-catholic = Thuringia, with Corpus Christi
command-choice-region-none = No public holidays
command-choice-en = English
command-choice-de = Deutsch
