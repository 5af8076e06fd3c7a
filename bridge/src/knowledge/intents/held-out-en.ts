/** English messages that the model never learns from: its floors are tested on them. */
export const heldOutEnglish = {
  handoff: `
I'd like to talk to a real person please
please let me speak to a human
can you connect me with someone please
can I talk to an actual human
could I speak to somebody from your support team
I want a live agent
get me a representative
transfer me to an agent please
I need to talk to a human being about this
is there any person I can talk to
put me through to a person
I don't want to chat with a robot, give me a human
enough with the bot, connect me to an agent
that doesn't help me, I want to speak with someone
please escalate my case to a human
let me chat with a real agent
talk to a person
speak with customer service
speak to a manager please
human support please
how can I talk to a human
how do I speak to a live person
can somebody real help me
I would prefer to speak with a human
connect me to customer support
can an agent look at my case
I need a real agent not a bot
want to talk to someone at support
are there any real people I can chat with
please hand me over to a human
i wanna speak to a person
tlak to an agent
switch me to a person
I asked for a human
could a staff member contact me
live person please
`,
  other: `
I lost my agent outfit
the agent mission does not load
agent level is stuck at nine
how do I get agent points
is there someone who can trade a lantern with me
someone took my island
a person on my friend list was renamed
talk to the miller quest is stuck
the merchant will not talk to me
voice chat with guild members fails
live ranking does not update
does your game support tablets
the support article has a dead link
which support hero is good
human skin color options
I fight bots only
my friend was banned for using a bot
captcha says I am not human
robot dog is stuck
the staff I crafted disappeared
moderator application form
can I become an agent at your company
how do I make my friend a guild manager
transfer my island to another phone
transfer leadership of the guild
connect the game with my Apple account
connection lost all the time
I need help beating the water boss
get me back my deleted island
give me the event code
I need somebody for my raid team
I want to change my email
speak emote missing
contact sync does not work
real name policy
who is the owner of the tower
customers in my bakery leave
service is down since noon
the agent said it takes two days
your agent closed my case
the person at the harbour gives no reward
can two people use one account
people in chat are rude
a stranger asked for my password
someone bought gems with my card
thank you, but my gems are still missing
hi there, how do I get a refund
the fix did not work
I cannot solve the third puzzle
greeting card event
how do I move to Android
my parents want to limit purchases
the operator badge does not show
the tutorial advisor is silent
what languages are there
how old must I be to play
`,
  thanks: 'thanks so much for your help\nok thanks\nthank you very much',
  greeting: 'hello there\nhey hello\ngood morning everyone',
  goodbye: 'bye bye\nsee you tomorrow\nok that is all, goodbye',
  solved: 'it works again\nthat solved my problem\nfixed it, thank you',
};
