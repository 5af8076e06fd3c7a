import type { DiscordState } from '../state/state.ts';
import { toApiUser } from '../state/users.ts';
import { route } from './router.ts';

/** The application as its owner sees it; the fields that Discord's OpenAPI document requires. */
function application(state: DiscordState) {
  const owner = [...state.users.values()].find((user) => !user.bot) ?? state.bot;
  return {
    id: state.applicationId,
    name: state.bot.username,
    icon: null,
    description: '',
    type: null,
    bot: toApiUser(state.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: Bun.hash(state.botToken).toString(16).padStart(16, '0').repeat(4).slice(0, 64),
    flags: flags(state),
    flags_new: String(flags(state)),
    redirect_uris: [],
    interactions_endpoint_url: state.interactionsEndpointUrl,
    role_connections_verification_url: null,
    owner: toApiUser(owner),
    approximate_guild_count: state.guilds.size,
    approximate_user_install_count: [...state.users.values()].filter((u) => u.userInstalled).length,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
    integration_types_config: { 0: {}, 1: {} },
  };
}

/** Limited-access flags of the privileged intents. https://docs.discord.com/developers/resources/application#application-object-application-flags */
export function flags(state: DiscordState): number {
  const has = (bit: number) => (state.privilegedIntents & (1 << bit)) !== 0;
  return (has(8) ? 1 << 13 : 0) | (has(1) ? 1 << 15 : 0) | (has(15) ? 1 << 19 : 0);
}

export const applicationRoutes = [
  route('GET', '/applications/@me', ({ state }) => application(state)),
  route('PATCH', '/applications/@me', ({ state, body }) => {
    const { interactions_endpoint_url: url } = (body ?? {}) as { interactions_endpoint_url?: string | null };
    if (url !== undefined) state.interactionsEndpointUrl = url || null;
    return application(state);
  }),
  route('GET', '/oauth2/applications/@me', ({ state }) => application(state)),
];
