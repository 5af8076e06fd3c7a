/** English messages by what they are for, parted by ` | `; lines only group them. `other` holds what only looks like the rest. */
export const english = {
  handoff: `
I want to talk to a person | I want to talk to a human | can I speak to someone
can I speak with a representative please | let me talk to an agent | connect me to an agent
connect me with someone from support | please transfer me to a human agent | transfer me to a real person
put me through to customer service | put me through to your team | get me a human | get me an agent now
give me a real person | I need a human | I need to speak to somebody | I need someone to help me, not a bot
I need help from a real person | is there a real person I can talk to | is there anyone I can chat with
is there a human I can write to | are there any humans here who can help me | can a human help me
can a person look at this | can somebody from your team look into my case
could someone from support contact me | could you escalate this to a person | escalate this please
escalate to a supervisor | I would like to speak to a manager | I want to speak with your supervisor
I'd rather talk to a human being | I'd prefer a real agent | I don't want to talk to a bot
I dont want a robot I want a human | stop the bot and give me an agent | you are a bot, I want a person
no more automatic answers, a human please | this bot is useless, get me someone real
the bot does not help, let me speak with staff | that did not help, can I talk to someone
that was helpful but I want to talk to a live agent | none of these articles help, connect me to support
these answers are wrong, I need an agent | switch me to a live agent | switch to human support
live agent please | live chat with a person | live support please | human please | real human now | agent please
operator please | representative | speak to operator | talk to support | talk to customer support
talk to a staff member | talk with an advisor | contact a support agent | how can I contact a live agent
how do I reach a human | how do I get hold of a person at your company | where can I talk to a real person
who can I talk to about my problem | can I chat with a live person | can I please be connected to someone
may I speak to a person in charge | I would like to be transferred to an agent
I am asking for a human for the third time | just let me talk to somebody already
I want to chat with a support employee | hand me over to a colleague | pass me on to a human colleague
someone from the team please | want 2 talk 2 a human | pls human | cn i talk to a person plz
i need to tlak to a persn | speak to a humman please | I'd like to talk to a real person please
please let me speak to a human | can you connect me with someone please | can I talk to an actual human
could I speak to somebody from your support team | I want a live agent | get me a representative
transfer me to an agent please | I need to talk to a human being about this | is there any person I can talk to
put me through to a person | I don't want to chat with a robot, give me a human
enough with the bot, connect me to an agent | that doesn't help me, I want to speak with someone
please escalate my case to a human | let me chat with a real agent | talk to a person
speak with customer service | speak to a manager please | human support please | how can I talk to a human
how do I speak to a live person | can somebody real help me | I would prefer to speak with a human
connect me to customer support | can an agent look at my case | I need a real agent not a bot
want to talk to someone at support | are there any real people I can chat with | please hand me over to a human
i wanna speak to a person | tlak to an agent | switch me to a person | I asked for a human
could a staff member contact me | live person please
`,
  thanks: `
thanks | thank you | thank you so much | thanks a lot | thx | ty | many thanks | cheers | great, thanks
ok thank you | perfect thank you very much | awesome thanks for the help | thanks for your help | appreciate it
much appreciated | that is very kind, thank you
`,
  greeting: `
hi | hello | hey | hey there | hi there | good morning | good evening | good afternoon | hello again | greetings
howdy | hi bot | hello everyone | yo | help | hi, are you there
`,
  goodbye: `
bye | goodbye | see you | see you later | cya | that is all | that's all for now | nothing else, bye
have a nice day | good night | I'm leaving now, bye | no more questions | talk to you later | take care
`,
  solved: `
that solved it | it works now | it worked | solved | fixed | problem solved | my problem is solved
that fixed it, thanks | all good now | I got it working | it is working again | never mind, I found it
nvm fixed it | resolved | that did the trick | yes that helped | works now thank you
`,
  other: `
my agent role was removed | how do I get the agent role | I lost the agent badge | the secret agent skin is gone
I want an agent skin | buy the agent costume | where is the agent quest
the travel agent in town does not talk to me | the agent character is too weak | how to unlock agent Mira
is there a person who plays with me | is there someone to play with | looking for someone to trade with
anyone wants to join my guild | can someone gift me a lantern | does anyone know the code for the event
someone stole my account | someone hacked my account | somebody is using my account
someone is insulting me in chat | a person in my guild is cheating | a player keeps sending me messages
another person has my name | I want to report a person | how do I block a person | how do I report someone
can I play with another person on one phone | can I share my account with another person
how many people can talk in voice chat | talk to the fisherman does not work | I cannot talk to the shop keeper
the quest says talk to the elder but he is not there | talk to the captain quest is bugged
how do I talk in guild chat | how do I chat with friends | chat does not work | voice chat is broken
chat with my friend is gone | I cannot send messages to my friend | live event does not start
when does the live stream begin | the live event reward is missing | is the game live in Brazil
the support page is broken | the support page does not load | your support mail never arrived
does the game support controllers | do you support Linux | is my phone supported
how long is this version supported | support class is too weak | best support character
the support hero skin is missing | human character has no hair | how do I change my human into an elf
human race or elf which is better | are the opponents real people or bots | are there bots in ranked
is the guild master a bot | I think I am playing against bots | the bot in my match is stuck
how do I add bots to practice mode | I was reported as a bot | I was banned as a bot but I am a real person
I am a real human and cannot pass the captcha | the captcha asks if I am human
prove that I am not a robot fails | robot pet does not follow me | where do I find the robot parts
the operator tower is locked | operator level five reward | how do I upgrade the operator
I work as an operator, can I change the time zone | the staff weapon is missing | how do I craft the oak staff
my staff lost its enchantment | staff of light or sword | staff role on the server
how do I become a staff member | how do I apply as a moderator | are you hiring support agents
how can I become a support agent | I want to work for your support team | do you have open jobs for agents
the manager screen does not open | guild manager rights | password manager does not fill the form
how do I make someone manager of my guild | account manager app | the representative of my guild left
transfer my account to a new phone | transfer lanterns to a friend | transfer guild leadership to another person
I want to transfer my save | transfer gems to someone | connect my account to Google | connect to server failed
cannot connect to the game | connect my Discord account | I get a connection error | reconnect does not work
put the lantern on the wall | get me more gems | give me free gems | give me my money back
I need help with my password | I need help with the fire temple | I need a new password | I need a refund
I need more energy | I need someone to carry me in ranked | I want to change my name
I want to speak Spanish in the game | I want to delete my account | I want to buy gems
can I speak another language in the game | how do I change the language people speak
speak button does not work | contact list is empty | how do I import my contacts | contact lens item
my real name is shown | real money trading | real time battles lag | escalator in the tower is stuck
supervisor boss is too strong | who made this game | who is the strongest character | who can see my profile
where can I see my friends | what time does the event start | advisor in the tutorial repeats the same sentence
the advisor says I need ten lanterns | the tutorial person does not move
the person on the bridge gives no quest | customer orders in the bakery do not finish
how do I serve more customers | service unavailable error | server is down | the terms of service do not open
what does the customer satisfaction bar mean | my colleague cannot log in
my colleague and I play on the same wifi | I talked to a person yesterday and my gems are still missing
the agent told me to reinstall the game | your agent promised a refund last week
an agent asked for my order number, where do I find it | the representative said three days
what is the name of the human king | hello, I lost my password | hi, my purchase is missing
thanks but it still does not work | thank you card item | it worked yesterday but not today
how do I solve the lantern puzzle | give me an example
give me the link | can you give me more details | get me to the next level | I need help | can you help me
please help | help me with this | I solved the puzzle but got no reward | good morning quest is missing
goodbye emote is gone | hello kitty collaboration | help wanted board is empty | how do I get help points
what | android | iphone 12 | the game keeps crashing | black screen on start
where is my event reward | refund a purchase | how do I reset my password | my account was banned
I lost my agent outfit | the agent mission does not load | agent level is stuck at nine
how do I get agent points | is there someone who can trade a lantern with me | someone took my island
a person on my friend list was renamed | talk to the miller quest is stuck | the merchant will not talk to me
voice chat with guild members fails | live ranking does not update | does your game support tablets
the support article has a dead link | which support hero is good | human skin color options | I fight bots only
my friend was banned for using a bot | captcha says I am not human | robot dog is stuck
the staff I crafted disappeared | moderator application form | can I become an agent at your company
how do I make my friend a guild manager | transfer my island to another phone | transfer leadership of the guild
connect the game with my Apple account | connection lost all the time | I need help beating the water boss
get me back my deleted island | give me the event code | I need somebody for my raid team
I want to change my email | speak emote missing | contact sync does not work | real name policy
who is the owner of the tower | customers in my bakery leave | service is down since noon
the agent said it takes two days | your agent closed my case | the person at the harbour gives no reward
can two people use one account | people in chat are rude | a stranger asked for my password
someone bought gems with my card | thank you, but my gems are still missing | hi there, how do I get a refund
I cannot solve the third puzzle | greeting card event | how do I move to Android
my parents want to limit purchases | the operator badge does not show | the tutorial advisor is silent
what languages are there | how old must I be to play
`,
};
