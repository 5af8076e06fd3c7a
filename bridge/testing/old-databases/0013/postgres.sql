CREATE FUNCTION forbid_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception 'the audit trail is never changed'; end $$;
CREATE TABLE agents (
    id bigint NOT NULL,
    conversation_id text NOT NULL,
    identity text,
    name text NOT NULL,
    participant_sid text,
    joined_at bigint NOT NULL,
    left_at bigint
);
CREATE SEQUENCE agents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE agents_id_seq OWNED BY agents.id;
CREATE TABLE article_versions (
    article_id text NOT NULL,
    version integer NOT NULL,
    content text NOT NULL,
    actor_identity text,
    actor_name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE articles (
    id text NOT NULL,
    title text NOT NULL,
    questions text NOT NULL,
    text text NOT NULL,
    url text,
    language text NOT NULL,
    labels text NOT NULL,
    response_template text,
    status text NOT NULL,
    version integer NOT NULL,
    revision bigint NOT NULL,
    source text NOT NULL,
    source_id text,
    import_hash text,
    imported_at bigint,
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    changed_by text NOT NULL,
    deleted_at bigint
);
CREATE TABLE bot_turns (
    id bigint NOT NULL,
    conversation_id text NOT NULL,
    question text NOT NULL,
    said text NOT NULL,
    articles text NOT NULL,
    at bigint NOT NULL
);
CREATE SEQUENCE bot_turns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE bot_turns_id_seq OWNED BY bot_turns.id;
CREATE TABLE case_cards (
    case_number bigint NOT NULL,
    guild_id text NOT NULL,
    channel_id text NOT NULL,
    message_id text,
    changes integer DEFAULT 0 NOT NULL,
    pending integer DEFAULT 0 NOT NULL,
    edited_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE case_events (
    id bigint NOT NULL,
    case_number bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    actor_identity text,
    actor_name text NOT NULL,
    at bigint NOT NULL,
    detail text,
    actor_member_id text
);
CREATE SEQUENCE case_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE case_events_id_seq OWNED BY case_events.id;
CREATE TABLE case_followers (
    case_number bigint NOT NULL,
    member_id text NOT NULL,
    via bigint,
    at bigint NOT NULL
);
CREATE TABLE case_messages (
    case_number bigint NOT NULL,
    message_id text NOT NULL,
    channel_id text NOT NULL,
    guild_id text,
    quote text NOT NULL,
    author_name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE case_origins (
    origin text NOT NULL,
    case_number bigint NOT NULL
);
CREATE TABLE case_search (
    number bigint NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE case_tags (
    tag text NOT NULL,
    case_number bigint NOT NULL
);
CREATE TABLE case_votes (
    case_number bigint NOT NULL,
    member_id text NOT NULL,
    via bigint,
    at bigint NOT NULL
);
CREATE TABLE cases (
    number bigint NOT NULL,
    conversation_id text,
    member_id text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    type text DEFAULT 'support'::text NOT NULL,
    priority text DEFAULT 'normal'::text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    tags text DEFAULT '[]'::text NOT NULL,
    fields text DEFAULT '{}'::text NOT NULL,
    assignee_identity text,
    assignee_name text,
    version integer DEFAULT 1 NOT NULL,
    votes integer DEFAULT 0 NOT NULL,
    rating integer,
    rating_comment text,
    rated_at bigint,
    first_response_at bigint,
    resolved_at bigint,
    merged_into bigint,
    status_before_merge text,
    deleted_at bigint
);
CREATE SEQUENCE cases_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE cases_number_seq OWNED BY cases.number;
CREATE TABLE conversations (
    id text NOT NULL,
    member_id text NOT NULL,
    phase text NOT NULL,
    previous_id text,
    case_number integer,
    turn_text text,
    handed_over integer DEFAULT 0 NOT NULL,
    twilio_sid text,
    twilio_cursor integer DEFAULT '-1'::integer NOT NULL,
    relay_webhook_sid text,
    studio_webhook_sid text,
    channel_sid text,
    opened_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    closed_at bigint,
    latest_text text,
    waiting_since bigint,
    reminded_at bigint,
    topic text,
    rating integer,
    rating_comment text,
    rated_at bigint,
    solved_at bigint,
    matter_text text
);
CREATE TABLE feed_items (
    feed_url text NOT NULL,
    item text NOT NULL,
    seen_at bigint NOT NULL
);
CREATE TABLE feeds (
    url text NOT NULL,
    etag text,
    last_modified text,
    checked_at bigint NOT NULL
);
CREATE TABLE guilds (
    id text NOT NULL,
    locale text NOT NULL,
    announcements_id text,
    bugs_id text,
    features_id text,
    support_id text,
    panel_message_id text,
    moderator_role_id text,
    changed_at bigint NOT NULL
);
CREATE TABLE journal (
    id bigint NOT NULL,
    lane text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    begun integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    progress text,
    error text,
    created_at bigint NOT NULL,
    finished_at bigint
);
CREATE SEQUENCE journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE journal_id_seq OWNED BY journal.id;
CREATE TABLE knowledge_feedback (
    id bigint NOT NULL,
    query text NOT NULL,
    article_id text,
    verdict text NOT NULL,
    conversation_sid text,
    agent_identity text NOT NULL,
    at bigint NOT NULL
);
CREATE SEQUENCE knowledge_feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE knowledge_feedback_id_seq OWNED BY knowledge_feedback.id;
CREATE TABLE knowledge_gaps (
    id bigint NOT NULL,
    question text NOT NULL,
    key text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    member_id text,
    conversation_id text,
    state text DEFAULT 'open'::text NOT NULL,
    article_id text,
    at bigint NOT NULL
);
CREATE SEQUENCE knowledge_gaps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE knowledge_gaps_id_seq OWNED BY knowledge_gaps.id;
CREATE TABLE knowledge_lessons (
    id bigint NOT NULL,
    source text NOT NULL,
    article_id text NOT NULL,
    question text NOT NULL,
    weight double precision NOT NULL,
    conversation_id text,
    actor_identity text,
    revision bigint NOT NULL,
    created_at bigint NOT NULL,
    undone_at bigint,
    undone_by text
);
CREATE SEQUENCE knowledge_lessons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE knowledge_lessons_id_seq OWNED BY knowledge_lessons.id;
CREATE TABLE knowledge_state (
    id integer NOT NULL,
    revision bigint NOT NULL
);
CREATE TABLE kysely_migration (
    name character varying(255) NOT NULL,
    "timestamp" character varying(255) NOT NULL
);
CREATE TABLE kysely_migration_lock (
    id character varying(255) NOT NULL,
    is_locked integer DEFAULT 0 NOT NULL
);
CREATE TABLE lanes (
    name text NOT NULL,
    ready_at bigint,
    owner text,
    epoch integer DEFAULT 0 NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL
);
CREATE TABLE leases (
    name text NOT NULL,
    owner text NOT NULL,
    epoch integer NOT NULL,
    lease_until bigint NOT NULL
);
CREATE TABLE links (
    conversation_id text NOT NULL,
    direction text NOT NULL,
    part integer NOT NULL,
    kind text NOT NULL,
    channel_id text NOT NULL,
    discord_id text NOT NULL,
    twilio_sid text NOT NULL,
    digest text,
    created_at bigint NOT NULL
);
CREATE TABLE member_notes (
    id bigint NOT NULL,
    member_id text NOT NULL,
    text text NOT NULL,
    author_identity text NOT NULL,
    author_name text NOT NULL,
    created_at bigint NOT NULL
);
CREATE SEQUENCE member_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE member_notes_id_seq OWNED BY member_notes.id;
CREATE TABLE members (
    id text NOT NULL,
    name text NOT NULL,
    locale text,
    dm_channel_id text,
    discord_cursor text,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    thread_id text,
    thread_cursor text,
    dm_closed_at bigint,
    fields text DEFAULT '{}'::text NOT NULL,
    blocked_at bigint,
    blocked_by text,
    block_reason text,
    block_told_at bigint
);
CREATE TABLE text_vectors (
    key text NOT NULL,
    steps bytea NOT NULL,
    used_at bigint NOT NULL
);
CREATE TABLE webhook_deliveries (
    id text NOT NULL,
    url text NOT NULL,
    event text NOT NULL,
    case_number bigint NOT NULL,
    body text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    replays integer DEFAULT 0 NOT NULL,
    last_status integer,
    last_error text,
    created_at bigint NOT NULL,
    tried_at bigint
);
ALTER TABLE ONLY agents ALTER COLUMN id SET DEFAULT nextval('agents_id_seq'::regclass);
ALTER TABLE ONLY bot_turns ALTER COLUMN id SET DEFAULT nextval('bot_turns_id_seq'::regclass);
ALTER TABLE ONLY case_events ALTER COLUMN id SET DEFAULT nextval('case_events_id_seq'::regclass);
ALTER TABLE ONLY cases ALTER COLUMN number SET DEFAULT nextval('cases_number_seq'::regclass);
ALTER TABLE ONLY journal ALTER COLUMN id SET DEFAULT nextval('journal_id_seq'::regclass);
ALTER TABLE ONLY knowledge_feedback ALTER COLUMN id SET DEFAULT nextval('knowledge_feedback_id_seq'::regclass);
ALTER TABLE ONLY knowledge_gaps ALTER COLUMN id SET DEFAULT nextval('knowledge_gaps_id_seq'::regclass);
ALTER TABLE ONLY knowledge_lessons ALTER COLUMN id SET DEFAULT nextval('knowledge_lessons_id_seq'::regclass);
ALTER TABLE ONLY member_notes ALTER COLUMN id SET DEFAULT nextval('member_notes_id_seq'::regclass);
ALTER TABLE ONLY agents
    ADD CONSTRAINT agents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY article_versions
    ADD CONSTRAINT article_versions_key PRIMARY KEY (article_id, version);
ALTER TABLE ONLY articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY bot_turns
    ADD CONSTRAINT bot_turns_pkey PRIMARY KEY (id);
ALTER TABLE ONLY case_cards
    ADD CONSTRAINT case_cards_pkey PRIMARY KEY (case_number);
ALTER TABLE ONLY case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY case_followers
    ADD CONSTRAINT case_followers_pair PRIMARY KEY (case_number, member_id);
ALTER TABLE ONLY case_messages
    ADD CONSTRAINT case_messages_pair PRIMARY KEY (case_number, message_id);
ALTER TABLE ONLY case_origins
    ADD CONSTRAINT case_origins_pkey PRIMARY KEY (origin);
ALTER TABLE ONLY case_search
    ADD CONSTRAINT case_search_pkey PRIMARY KEY (number);
ALTER TABLE ONLY case_tags
    ADD CONSTRAINT case_tags_pair PRIMARY KEY (tag, case_number);
ALTER TABLE ONLY case_votes
    ADD CONSTRAINT case_votes_pair PRIMARY KEY (case_number, member_id);
ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (number);
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_twilio_sid_key UNIQUE (twilio_sid);
ALTER TABLE ONLY feed_items
    ADD CONSTRAINT feed_items_once PRIMARY KEY (feed_url, item);
ALTER TABLE ONLY feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (url);
ALTER TABLE ONLY guilds
    ADD CONSTRAINT guilds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY journal
    ADD CONSTRAINT journal_key_key UNIQUE (key);
ALTER TABLE ONLY journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_pkey PRIMARY KEY (id);
ALTER TABLE ONLY knowledge_lessons
    ADD CONSTRAINT knowledge_lessons_pkey PRIMARY KEY (id);
ALTER TABLE ONLY knowledge_state
    ADD CONSTRAINT knowledge_state_pkey PRIMARY KEY (id);
ALTER TABLE ONLY kysely_migration_lock
    ADD CONSTRAINT kysely_migration_lock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY kysely_migration
    ADD CONSTRAINT kysely_migration_pkey PRIMARY KEY (name);
ALTER TABLE ONLY lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (name);
ALTER TABLE ONLY leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);
ALTER TABLE ONLY links
    ADD CONSTRAINT links_pair PRIMARY KEY (discord_id, twilio_sid);
ALTER TABLE ONLY member_notes
    ADD CONSTRAINT member_notes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY members
    ADD CONSTRAINT members_pkey PRIMARY KEY (id);
ALTER TABLE ONLY text_vectors
    ADD CONSTRAINT text_vectors_pkey PRIMARY KEY (key);
ALTER TABLE ONLY webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);
CREATE INDEX agents_by_conversation ON agents USING btree (conversation_id);
CREATE INDEX articles_by_change ON articles USING btree (changed_at, id);
CREATE INDEX articles_by_revision ON articles USING btree (revision);
CREATE INDEX bot_turns_by_conversation ON bot_turns USING btree (conversation_id, id);
CREATE INDEX case_events_by_case ON case_events USING btree (case_number, id);
CREATE INDEX case_followers_by_member ON case_followers USING btree (member_id);
CREATE INDEX case_messages_by_message ON case_messages USING btree (message_id);
CREATE INDEX case_search_words ON case_search USING gin (words) WITH (fastupdate=off);
CREATE INDEX case_tags_by_case ON case_tags USING btree (case_number);
CREATE INDEX case_votes_by_member ON case_votes USING btree (member_id);
CREATE INDEX cases_by_assignee ON cases USING btree (assignee_identity, changed_at, number, status, type, priority, deleted_at, created_at, votes);
CREATE INDEX cases_by_change ON cases USING btree (changed_at, number, status, type, priority, assignee_identity, deleted_at, created_at);
CREATE INDEX cases_by_creation ON cases USING btree (created_at, number, status, type, priority, assignee_identity, deleted_at, changed_at);
CREATE INDEX cases_by_member ON cases USING btree (member_id, number);
CREATE INDEX cases_by_merge ON cases USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX cases_by_resolution ON cases USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE INDEX cases_by_status ON cases USING btree (status, assignee_identity, deleted_at);
CREATE INDEX cases_by_votes ON cases USING btree (votes, number, status, type, priority, assignee_identity, deleted_at, created_at, changed_at);
CREATE INDEX cases_of_member ON cases USING btree (member_id, changed_at, number, deleted_at);
CREATE INDEX cases_unfinished ON cases USING btree (number) WHERE (status = ANY (ARRAY['open'::text, 'elevated'::text, 'waiting'::text]));
CREATE INDEX conversations_by_case ON conversations USING btree (case_number) WHERE (case_number IS NOT NULL);
CREATE INDEX conversations_by_channel ON conversations USING btree (channel_sid);
CREATE INDEX conversations_by_end ON conversations USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX conversations_by_member ON conversations USING btree (member_id, opened_at);
CREATE UNIQUE INDEX conversations_one_open ON conversations USING btree (member_id) WHERE (phase <> 'closed'::text);
CREATE INDEX journal_heads ON journal USING btree (lane, id) WHERE (status = 'pending'::text);
CREATE INDEX knowledge_gaps_by_age ON knowledge_gaps USING btree (at);
CREATE INDEX knowledge_gaps_by_state ON knowledge_gaps USING btree (state, id);
CREATE INDEX knowledge_lessons_by_article ON knowledge_lessons USING btree (article_id, id);
CREATE INDEX knowledge_lessons_by_revision ON knowledge_lessons USING btree (revision);
CREATE INDEX lanes_ready ON lanes USING btree (ready_at) WHERE (ready_at IS NOT NULL);
CREATE INDEX links_by_age ON links USING btree (created_at);
CREATE INDEX links_by_conversation ON links USING btree (conversation_id);
CREATE INDEX links_by_twilio ON links USING btree (twilio_sid);
CREATE INDEX member_notes_by_member ON member_notes USING btree (member_id, id);
CREATE INDEX members_by_seen ON members USING btree (seen_at);
CREATE INDEX members_by_thread ON members USING btree (thread_id);
CREATE INDEX webhook_deliveries_by_status ON webhook_deliveries USING btree (status, id);
CREATE TRIGGER case_events_fixed BEFORE DELETE OR UPDATE OR TRUNCATE ON case_events FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
ALTER TABLE ONLY agents
    ADD CONSTRAINT agents_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
ALTER TABLE ONLY article_versions
    ADD CONSTRAINT article_versions_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id);
ALTER TABLE ONLY bot_turns
    ADD CONSTRAINT bot_turns_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
ALTER TABLE ONLY case_cards
    ADD CONSTRAINT case_cards_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_events
    ADD CONSTRAINT case_events_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_followers
    ADD CONSTRAINT case_followers_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_followers
    ADD CONSTRAINT case_followers_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY case_messages
    ADD CONSTRAINT case_messages_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_origins
    ADD CONSTRAINT case_origins_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_tags
    ADD CONSTRAINT case_tags_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_votes
    ADD CONSTRAINT case_votes_case_number_fkey FOREIGN KEY (case_number) REFERENCES cases(number);
ALTER TABLE ONLY case_votes
    ADD CONSTRAINT case_votes_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY links
    ADD CONSTRAINT links_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
ALTER TABLE ONLY member_notes
    ADD CONSTRAINT member_notes_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id);
