### Every word that people read, in English. de.ftl holds the same messages in German; the build compares the two.
### Texts say what a person can do next. Names, times and links come in as Discord's markup.

## Buttons and selects (Discord's limit for a label with no icon: 38 characters)

button-solved = That solved it
button-open = Open a ticket
button-claim = Claim
button-escalate = Escalate
button-resolve = Resolve
button-close = Close
button-accept = Accept
button-hand-back = Hand back
button-reopen = Reopen
button-works = That works
button-still-a-problem = Still a problem
button-previous = Previous
button-next = Next
select-other-answers = Other answers
select-maybe = Pick an article
select-specialism = To whom?

## States, levels, priorities

status-queued = Waiting for first level
status-claimed = In progress
status-escalated = Waiting for second level
status-accepted = In progress at second level
status-resolved = Solved, waiting for confirmation
status-closed = Closed
level-first = First level
level-second = Second level
level-second-named = Second level, { $specialism }
priority-p1 = P1, work stands still for many
priority-p2 = P2, work stands still for one
priority-p3 = P3, normal
priority-p4 = P4, when there is time
specialism-default = Second level
nobody-yet = Nobody yet
holder-since = { $holder } since { $since }
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
event-prioritised = priority { $from } changed to { $to } by { $who }
event-categorised = category set to { $category } by { $who }
event-noted = note by { $who }: { $text }
event-member-added = { $member } added by { $who }
event-rated = rated { $stars } of 5 by { $who }
event-by-the-desk = the desk
close-reason-confirmed = the solution works
close-reason-silence = no answer to the solution
close-reason-manual = closed by hand

## Said in the ticket's thread

say-solution-title = The solution for your ticket #{ $number }
say-solution-question = Does it work? If I hear nothing, I close the ticket { $closes }.
say-solution-confirmed = Thank you for telling us. The ticket is closed now.
say-solution-reopened = Thank you for telling us. We carry on.
say-handed-back = Second level hands #{ $number } back to { $agent }: { $reason }
say-reopened-held = { $by } has reopened #{ $number }. It is with { $holder } again.
say-reopened-queue = { $by } has reopened #{ $number }. It is back in the queue.

## Closing note in the support channel; others can read it, so it names no subject

closing-title = Ticket #{ $number } is closed
closing-text = How was our help? 1 is poor, 5 is excellent. If the problem is back, reopen the ticket until { $until }.
closing-rated = Thank you for your rating. If the problem is back, reopen the ticket until { $until }.
closing-reopened-title = Ticket #{ $number } is open again
closing-reopened-text = We carry on in { $thread }.
closing-reopened-text-unlinked = We carry on in its thread.

## Opened

opened-linked = Ticket #{ $number } is recorded. Everything else happens in { $thread }.
opened-unlinked = Ticket #{ $number } is recorded. The link to its thread follows in a moment.
