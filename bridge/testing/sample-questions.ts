/**
 * Questions as members of a game write them, with typing errors and in other words than the articles' sample
 * questions: `article: question; question`. The floors of sample-questions.test.ts are tested on them.
 */
export const asked = {
  en: `
reset-password: forgt my pasword; the password recovery email never showed up; I can't remember what my login password was
change-email: where do I change my e-mail address?; i dont use that mail account anymore, how to put in a new one; switch email adress
change-name: i want a different nick; can i rename my charcter; how much does a new username cost
link-discord: hook up my discord with lantern isles; discord role still missing after linking; disconnect my discord
two-factor: how to enable 2 step login; my authenticator was on my old phone and its broken; wrong 2fa code every time
hacked-account: someone else is logged into my account!!; i think i got hackd; a stranger took over my islands
delete-account: pls erase my account forever; i quit, how do i remove my acount; gdpr delete everything
export-data: i'd like a copy of all my personal data; how can I download what you store about me
suspended: why am i baned; got suspended and did nothing wrong; how can I appeal the suspension
transfer-device: got a new phone, how to transfer?; switching from android to iphone, keep my islands?; move my progres to an ipad
missing-purchase: I bought gems but they did not arrive; paid for the pack, still nothing in my inventory; where are the gems i purchased
refund: i want my money back; my son bought stuff without asking; how to refnd gems
double-charge: my card shows the payment twice; you billed me double; two times charged for the same pack
payment-methods: is paypal possible?; can i use a google play gift card to pay; why is my credit card declined
lantern-pass: how can i cancel the monthly pass; what do i get with lantern pass; end my subscripton
gift-code: where to type in the promo code; it says code invalid; how do I use a cupon
event-rewards: didn't get anything from the festival; when are the prizes of the event handed out; event rewrad not in mailbox
event-calendar: when does the next festival begin; list of upcoming events; at what hour do events start
daily-reward: my login streak is gone; what time is the daily reset; forgot one day and lost my strek
crash-start: the game keeps crashing; app closes right after opening; only a black screen when i launch it
connection: error 1001; keeps losing connection to the server; i get disconected all the time
slow-game: super laggy and my phone is burning hot; how to reduce graphic quality; eats my battery in an hour
sound: no audio at all; the music is gone; how to mute the musik
update-fails: the new version won't install; update hangs at 99%; play store doesn't show the update
supported-devices: will it run on a galaxy s10; is there a mac version; what android do i need
language: everything is in japanese, how do i get english; can i play in german; change langauge
report-player: there is a cheater in my guild; this guy insults everybody; how can i report sombody
friends: where is my friend code; want to add my brother as friend; how do I visit a friends island
guild: how do i start a guild; quit my guild; hand guild leadership to someone else
restore-island: all my progress is gone; accidentally demolished my lighthouse; my island vanished after login
`,
  ja: `
reset-password: パスワード忘れちゃった; パスワードの再設定方法を教えて; 再設定メールが来ない
change-email: メアドを変えたい; 登録したメールアドレスの変更方法; 前のメールアドレスがもう使えません
change-name: プレイヤー名を変えるには？; ニックネームを変えたいです
link-discord: ディスコードとつなげたい; Discordのロールが付かない
two-factor: 二段階認証のやり方; 認証アプリを消してしまいました
hacked-account: 乗っ取られました助けて; 知らない人が自分のアカウントに入っている
delete-account: 退会の方法を教えてください; アカウント消したい
export-data: 個人情報の開示をお願いしたい; 自分のデータのコピーが欲しい
suspended: 突然BANされました; アカウントが凍結された理由を教えて
transfer-device: 機種変更したのですが引き継ぎ方法は？; 新しいスマホにデータを移したい; データ移行のやり方
missing-purchase: ジェムを買ったのに増えない; 課金が反映されません
refund: 返金してもらえますか; 間違って課金してしまった
double-charge: 2回請求されています; 二重に引き落とされた
payment-methods: 支払いにPayPalは使えますか; クレカが使えません
lantern-pass: ランタンパスの解約方法; パスの自動更新を止めたい
gift-code: コードの入力場所はどこ; ギフトコードが無効になります
event-rewards: イベント報酬がまだ届いていません; ランタン祭りの報酬はいつ届く
event-calendar: 次のイベントいつ; イベントの日程を知りたい
daily-reward: ログボがもらえない、ログインボーナスが来ない; 連続ログインの記録が消えた
crash-start: 起動するとすぐ落ちる; 画面が真っ黒のまま動かない
connection: 通信エラーばかり出ます; サーバーにつながらない
slow-game: 動作が重くてカクカクします; スマホがとても熱くなる
sound: 音がまったく出ません; BGMが聞こえない
update-fails: アップデートが終わらない; 更新が99％で止まります
supported-devices: 対応機種を教えて; PCでも遊べますか
language: 英語表示にしたい; 言語設定はどこですか
report-player: 暴言を吐くプレイヤーがいる; チーターを通報したい
friends: フレンドコードの場所; 友達を追加する方法
guild: ギルドの抜け方; ギルドを新しく作りたい
restore-island: 島のデータが消えてしまった; 建物をうっかり壊してしまいました
`,
};

/** What no article answers. */
export const outOfScope = {
  en: `
what is the weather in Lisbon tomorrow
recommend me a pizza place
who won the football match yesterday
how do I cook rice
tell me a joke
what is the capital of Peru
write my homework about Rome
how tall is the Eiffel tower
which laptop should I buy
what is the meaning of life
do you like cats
can you sing a song
how much is a bitcoin
book a flight to Oslo
where is the next train station
who is the president of France
translate good morning into Italian
what is seven times eight
how do I lose weight
which films are in the cinema
my car makes a strange noise
is it going to rain
how do plants grow
best way to learn the guitar
what should I wear to a wedding
how do I bake bread
why is the sky blue
my tooth hurts
open the window please
find me a hotel in Rome
`,
  ja: `
明日の天気を教えて
おいしいピザの店を教えて
昨日のサッカーの結果は
カレーの作り方
面白い話をして
ペルーの首都はどこですか
宿題を手伝って
東京タワーの高さは
おすすめの映画は何ですか
猫は好きですか
歌を歌って
ビットコインの値段
沖縄行きの飛行機を予約して
近くの駅はどこ
総理大臣は誰ですか
七かける八は
ダイエットの方法
車から変な音がする
空はなぜ青いの
歯が痛い
`,
};
