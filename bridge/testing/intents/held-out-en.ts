/**
 * English messages that the model never learns from: its floors are tested on them. Written without looking at the
 * examples, and never used to choose a setting; some examples were added after seeing which kinds of these were missed. Other
 * people's messages are asked with by `bun run bench:intents`. Texts are parted by ` | `, and lines only group them.
 */
export const heldOutEnglish = {
  handoff: `
can i speak to someone pls | could I please talk with one of your team? | I'd really appreciate it if a person could take over from here
would it be possible to be put in touch with a member of staff | may I have a word with a representative? | kindly connect me with a support specialist
good evening, I was wondering whether I could speak with somebody | sorry to bother you but is there an actual person I could message
if it's not too much trouble, I'd like a human to look at this | hello, I would like assistance from a live person, thank you
give me a human | get me someone who isn't a bot | put a real person on | i want an agent!!! | AGENT | operator
just gimme a person | let me talk 2 some1 | can i talk to a dude from support | any actual people here? | yo is there a real human i can talk to
need a human fr | bruh i need a real person | is anyone real on the other end | plz get me a rep | wanna chat w a human not a bot | lemme speak to ur manager
i wanna tlak to a agnet | speek to a reprsentative plz | can i talk too a real preson | transfr me to suport agent | i need to spaek with somone
this bot is garbage, where's the human | you're not understanding me. I want to speak to a person | stop sending me articles and get me an agent
your bot keeps repeating the same thing, can a human step in? | I've read those already, I need an actual person | none of that helped. someone real please
these canned answers are pointless, transfer me | I'm done with the robot, put me through to staff | useless. let me speak to your supervisor
for the love of god let me talk to a human being | how many times do I have to ask for a person | are you a robot? I want to talk to a human
how do I get in touch with a live agent? | what's the way to reach a real person here | where can I find a human to talk to | is it possible to contact an agent directly
how do I contact your support staff directly | who do I talk to if the bot can't help | is there a phone number where a person answers | how can I open a chat with support personnel
do you have live chat with real agents | can i get live help | any agents online right now | is a support agent available
can someone from customer care call me | I need a callback from a person | please have somebody contact me | could a staff member get back to me | I want someone on your team to check my account by hand
escalate my ticket to a human please | I want this escalated to management | I want to file this with a supervisor | can this go to second level support
let me talk to the person in charge | I demand to speak with the manager | may I speak to your boss | I'd like to complain to a human being
My gems vanished after the update and the restart did nothing. Please connect me to somebody who can check. | I was charged twice, I already tried the article, can I talk to an agent about it
I can't log in since Monday and I tried everything, I need a person to help me | my account got hacked pls get me a real agent asap
Thanks, but that isn't it. Could I talk to a human? | ok but can i speak with someone tho | nope, still broken, human please | no that's not my problem, get me to an agent
not helpful, agent | didnt work. connect me to support | yes, connect me | I'd prefer talking to a person over this | rather speak to a human tbh
chat with agent | talk to rep | speak to customer service | real person pls | live agent thanks | support agent please | a human, please | customer service rep
switch me over to a human | hand me off to an agent | pass me to a colleague of yours | forward me to a human operator | route me to support | bring in a human
I want human assistance | requesting a human agent | need live assistance | I require help from a staff member | I'm looking to speak with an advisor | get support staff on here
can you get an employee to answer me | is there an employee I can speak to | I want a person to answer, not a machine | I want to have a conversation with a human | no bots. people.
can a mod or staff take over this chat | can i talk to a GM please | I need to reach a game master about my case | can an admin talk to me here
look mate, just find me somebody who works there | could one of your lot ring me back | would a human being mind reading this thread | I'm deaf to scripts, fetch me someone with authority
is it against the rules to ask for a human here? because I'm asking | I'd love it if a colleague of flesh and blood answered | hand me to whoever is on shift | may a supervisor join this conversation
can we skip the bot part and go straight to a person | hmm i think i better speak with someone about this one | pls just assign me an agent alrdy | who's on duty, I need to speak to them
could this be passed along to someone who can decide | I keep going in circles here, is a person reachable at all | good day, I'd be grateful for a conversation with your support staff | nah i want a human bro
is your staff able to chat with me for a minute | I've had it with automated messages, let an employee deal with it | hook me up with a rep | any chance a real person reads this? I need one
`,
  other: `
how do I talk to my guild leader | is there a person in charge of bans I should know | how do i talk to other players | can I chat with my friends in game
who is the person in the red coat on the dock | is there a way to speak to the mayor again after the quest | talk to npc button missing | the npc won't talk to me
where is Agent Orchid hiding | secret agent bundle price | agent rank rewards | how many agents can I equip | my agents are not leveling up | double agent quest bugged
the live wallpaper is gone | live event reward not received | is the live concert over | livestream drops not working | what time is the live show | live chat overlay blocks my screen
support hero tier list | which support character heals most | do you support cloud saves | is android 9 supported | support the creator code doesn't work | support bundle missing
bot lobby too easy | how do I add bots to my match | someone is botting in my lobby | my discord bot stopped posting scores | bot difficulty setting
human faction starting bonus | can humans use magic | change race from human to elf | human or orc | the human king quest | human torch recipe
a real person is impersonating me in chat | I'm a real person why was I flagged | verify that I am human doesn't load | a person from my guild scammed me | someone in support told me it takes 3 days
an agent already helped me, thanks | the representative said I would get 500 gems | your agent told me to send a screenshot, here it is | I spoke to support yesterday and nothing changed | I talked to someone last week about my refund
when will support answer my email | support email bounced | how long does support take to reply | what languages does support speak | can I rate the agent I had
customer bakery event guide | how do I serve customers faster | customer satisfaction stuck at 90 | the customer quest line ends at part 4 | customers in my shop disappear
manager of my guild left | promote a member to manager | manager mode kicks me out | task manager shows high memory | password manager autofill broken | download manager error
operator class skills | elevator operator npc | radio operator costume | which operator is best for raids | operator pass expired
staff of storms damage | my staff broke while crafting | enchant a staff | staff picks list | what does the staff badge mean | how to get staff role in discord
is the team hiring | I'd like to work for you as a support agent | apply as tester | do developers read feedback
transfer guild ownership | transfer save file to new phone | data transfer code expired | transfer coins between characters | transfer failed error 12
connect controller | connect to wifi error | connecting forever | connect my twitch account | connection to live server lost | disconnects during talking scenes
someone stole my lantern | someone logged into my account | somebody keeps joining my island | is someone able to see my email | someone sent me a suspicious link | can someone else use my gift code
anyone want to team up | looking for people to play with | need one more person for the raid | can anybody carry me | does anybody else have this bug
please contact list not syncing | contact me feature for friends | contact lenses color | add contact number for verification | phone call permission popup
how do I call my mount | my pet doesn't come when called | video call while playing crashes | what is the last boss called
escalation mode rewards | escape room puzzle | escalator glitch | supervisor robot boss strategy | the chat filter blocks normal words | chat is too fast
how do i mute a person | block someone | report a person for cheating | unblock a person | invite a person to my island | gift a person in another country
how old is the person who made this game | what's the name of the guy that sells boats | who is in charge of the lighthouse in the story
I want to speak french in voice chat | text to speech too loud | speech bubbles vanish | mic doesn't pick me up when I talk | push to talk not working | how to enable talk animation
get me out of the tutorial | get me a free lantern | let me in | let me skip the cutscene | I want to talk about the new update, it's great | can we talk about how good this event is
help me find my password | help with level 45 | need help beating the kraken | I need assistance mode off | please help me get my account back
I want my money back | I want a refund now | give me my gems back | this is the third time my purchase failed
put a person on my boat | pass the parcel event | hand cannon nerf | hand me down items | bring a friend campaign
is this game made by real people or ai | are the faces real people | real life rewards | real time pvp delay
staff shortage excuse again? servers are down | why do agents take so long | is there a queue for support and where do I see my place | close my case please
talk show minigame score | person of interest achievement | the people behind the curtain quest | representative of the sea people quest | advisor gives wrong hint | clerk at the bank closed
how does this bot work
the sailor refuses to speak with me | which of the agents has the best dodge | do humans or robots win the lore war | my teammate talks too much | talking cat pet price | can a level 5 staff beat a wand
somebody at the docks asked for a password | where does the support beam go in my house | who is on the guild council | the operator of the mill wants grain | live ops calendar
can I hand in the quest to another person | i'd like to speak up about toxic chat rules | a person can only join one guild right? | what's the manager's office code in chapter 3
three humans and an elf walk into my tavern quest, what do I pick | when does agent week begin | my boat needs an operator but I have none | can my kid and I share one account | what happens to my guild if I quit
I talked the dragon into peace and got no medal | the staffroom door never opens | reps per minute in the gym minigame | where do people go to sell pearls | support me with likes on the island contest
getting transferred to another server mid fight | escalating boss damage, intended? | manual aim or auto aim | is there somewhere to read the rules | how do I put someone as co-owner of my island
the lady who sells seeds is missing | someone please nerf the sharks | do I need to be human to wear the crown | are the people on the ship part of the story | how many people work on this game
`,
  thanks: `
thanks a bunch | okay thank you! | thx for the help | appreciate the help | many thanks for that | tysm | thank u
`,
  greeting: `
hiya | heyo | hi everyone | hey, anybody there?
`,
  goodbye: `
see ya | that'll be all | nothing else thanks, bye | i'm done, bye | later! | farewell
`,
  solved: `
it's working again, thanks | problem's gone | solved it | yep that worked | issue resolved
`,
};
