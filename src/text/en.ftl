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
button-comment = Add a comment
button-works = That works
button-still-a-problem = Still a problem
button-previous = Previous
button-next = Next
select-other-answers = Other answers
select-specialism = To whom?

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
card-notes = Notes
card-rating = Rating
card-rating-value = { $stars } of 5
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
event-waiting = the clock was stopped to wait for the requester by { $who }
event-went-on = the clock goes on, by { $who }
event-answered = first answered by { $who }
event-found-idle = put back into the queue, because nothing was seen of { $agent } for a long time
event-overdue = was due { $due }
event-prioritised = priority { $from } changed to { $to } by { $who }
event-categorised = category set to { $category } by { $who }
event-noted = note by { $who }: { $text }
event-replied = answered by { $who } with “{ $name }”: { $text }
event-member-added = { $member } added by { $who }
event-rated = rated { $stars } of 5 by { $who }
event-rating-commented = { $who } on the rating: { $text }
event-by-the-desk = the desk
close-reason-confirmed = the solution works
close-reason-silence = no answer to the solution
close-reason-no-answer = no answer to our question
close-reason-manual = closed by hand

## Said in the ticket's thread

say-solution-title = The solution for your ticket #{ $number }
say-solution-question = Does it work? If I hear nothing, I close the ticket { $closes }.
say-solution-confirmed = Thank you for telling us. The ticket is closed now.
say-solution-reopened = Thank you for telling us. We carry on.
say-canned-from = **Answer from { $agent }**
say-handed-back = Second level hands #{ $number } back to { $agent }: { $reason }
say-due-soon = { $ticket } is due { $due }.
say-overdue = { $ticket } is overdue. It was due { $due }.
say-answer-owed = In { $ticket } the requester wrote { $since } and has no answer yet.
say-found-idle = { $ticket } was with you, and nothing was seen of it for a long time. It is back in the queue now. Take it again if you are on it.
say-waiting = { $by } needs an answer from you before we can carry on. Just write it here.
say-nudge = We are still waiting for your answer here. If I hear nothing, I close the ticket { $closes }. You can reopen it after that.
say-closing-soon = Does the solution work? If I hear nothing, I close the ticket { $closes }.
say-reopened-held = { $by } has reopened #{ $number }. It is with { $holder } again.
say-reopened-queue = { $by } has reopened #{ $number }. It is back in the queue.

## Closing note in the support channel; others can read it, so it names no subject

closing-title = Ticket #{ $number } is closed
closing-text = How was our help? 1 is poor, 5 is excellent. If the problem is back, reopen the ticket until { $until }.
closing-rated = Thank you for your rating. If the problem is back, reopen the ticket until { $until }.
closing-commented = Thank you, your comment is with the team. If the problem is back, reopen the ticket until { $until }.
closing-reopened-title = Ticket #{ $number } is open again
closing-reopened-text = We carry on in { $thread }.
closing-reopened-text-unlinked = We carry on in its thread.

## Opened

opened-linked = Ticket #{ $number } is recorded. Everything else happens in { $thread }.
opened-unlinked = Ticket #{ $number } is recorded. The link to its thread follows in a moment.

## Answers

answer-maybe = I am not sure that this fits, but it is the nearest. If nothing here helps, open a ticket and a person takes over.
answer-none-title = I found nothing that fits
answer-none = Open a ticket, and a person takes over. Your question goes with it.
answer-solved = Glad it helped. If it comes back, ask again with `/support`.
kb-nothing-found = Nothing in the knowledge base fits. Try other words.

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
        [one] 1 ticket waits for somebody to act
       *[other] { $count } tickets wait for somebody to act
    }
list-queue-empty = The queue is empty.
list-due = { $priority }, due { $due }
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
refused-not-rated = Please rate the help first, then add your comment.
refused-rating = A rating is from 1 to 5. Please use the buttons of the closing note.
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
denied-holder-only = { $holder } took this ticket { $since } and decides about it. Ask them, or have it assigned to you with `/ticket assign`.
denied-requester-only = Only the person who opened the ticket can do this.
denied-managers-only = Only people who may manage the server can do this. Ask one of them.
mistake-outside-server = I work inside a server only. Use me in the server of your company.
mistake-unknown-button = This button is from an older version. Use `/ticket` or ask again with `/support`.
mistake-unknown-command = This command has just changed. Reload Discord and try again.
mistake-number-missing = Which ticket? Use the command in the ticket's thread, or give its number with the option `number`.
mistake-no-such-article = This article is no longer there. Ask again with `/support`, or pick one from the suggestions of `/kb show`.
mistake-file-unreached = I could not fetch that file from Discord. Please send it again.
mistake-role-missing = A specialism needs a role whose members are asked. Give it with the option `role`, or take the specialism out of use with `remove`.
mistake-undecodable = Discord sent something that I cannot read yet. Use the command `/support` or `/ticket` instead.
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
check-given-up = Could not be delivered
specialisms-title = Specialisms
specialisms-check = /desk check looks at their channels and roles
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
sla-idle = Idle claims go back after
sla-answer = Reminder of an answer owed after
span-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
span-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
span-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
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
job-post-card = posting a card
job-link-thread = giving the link
job-update-cards = updating the cards
job-escalation = the escalation packet
job-say = a message in the thread
job-close-thread = closing the thread
job-open-thread = opening the thread again
job-closing-note = the closing note

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
command-desk-name = desk
command-desk-description = Set the desk up and look after it
command-desk-setup-name = setup
command-desk-setup-description = Choose the desk's channels and roles; safe to run again
command-desk-check-name = check
command-desk-check-description = Check permissions and deliveries
command-desk-specialism-name = specialism
command-desk-specialism-description = Add, change or remove a field of second-level work
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
command-option-category-name-name = name
command-option-category-name-description = The category
command-option-note-text-name = text
command-option-note-text-description = What staff should know
command-option-reply-name-name = name
command-option-reply-name-description = Which reply; suggestions appear as you type
command-option-member-name = user
command-option-member-description = Who is to be added
command-option-query-name = query
command-option-query-description = What you are looking for
command-option-article-name = article
command-option-article-description = Its title; suggestions appear as you type
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
command-option-idle-description = For all priorities: a claim nothing is seen of goes back to the queue after this
command-option-answer-name = answer
command-option-answer-description = For all priorities: staff is reminded of an answer owed after this
command-option-sla-reset-name = reset
command-option-sla-reset-description = Back to what every desk promises at first
command-choice-p1 = P1, work stands still for many
command-choice-p2 = P2, work stands still for one
command-choice-p3 = P3, normal
command-choice-p4 = P4, when there is time
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
