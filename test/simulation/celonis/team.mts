import { createAccess, type Access } from '../../celonis/access.mts';
import type { SimulatedResponse } from '../../celonis/responses.mts';
import { createAuthorizer } from '../../celonis/authorization.mts';
import { defaultBehaviour, type Behaviour } from '../../celonis/behaviour.mts';
import { PageTokens } from '../../celonis/pageTokens.mts';
import type { Clock } from '../../celonis/clock.mts';
import { createAuditEndpoints, createTeamEndpoints } from '../../celonis/endpoints.mts';
import type { EventLog } from '../../celonis/log.mts';
import { seededRandom } from '../../celonis/random.mts';
import { RateLimiter } from '../../celonis/rateLimiter.mts';
import { recordRequest, type RecordedRequest } from '../../celonis/requests.mts';
import { createRouter, type SimulatedRequest } from '../../celonis/routes.mts';
import { createTokenEndpoint } from '../../celonis/tokenEndpoint.mts';
import { Tokens } from '../../celonis/tokens.mts';
import type { ServerPlan } from '../plan/plan.mts';

/** The simulator of `test/celonis` without its sockets. */
export interface TeamInMemory {
	readonly access: Access;
	readonly behaviour: Behaviour;
	readonly tokens: Tokens;
	respond(request: SimulatedRequest): SimulatedResponse;
	recordRequest(request: SimulatedRequest): RecordedRequest;
}

/** Opens a team whose audit log and Login History are both this log. Reading a page takes as long as its behaviour says. */
export function openTeamInMemory(
	log: EventLog,
	clock: Clock,
	seed: number,
	{ behaviour: changes, tokenLifeSeconds }: Pick<ServerPlan, 'behaviour' | 'tokenLifeSeconds'>,
): TeamInMemory {
	const behaviour = { ...defaultBehaviour, ...changes };
	const access = createAccess({ tokenLifeSeconds });
	const team = { access, behaviour, clock };
	const tokens = new Tokens(clock, seededRandom(seed));
	const pageTokens = new PageTokens(seed);
	const limiter = new RateLimiter(clock, () => behaviour.rateLimit);
	return {
		access,
		behaviour,
		tokens,
		respond: createRouter(
			{
				respondToTokenRequest: createTokenEndpoint(access, tokens),
				authorize: createAuthorizer(access, tokens),
				countRequest: () => limiter.count(),
			},
			[...createAuditEndpoints(log, pageTokens, team), ...createTeamEndpoints(log, () => [], team)],
			clock,
		),
		recordRequest: (request) =>
			recordRequest(request, { access, tokens, pageTokens, now: clock.now() }),
	};
}
