import { accessWith, type Access } from '../../celonis/access.mts';
import type { SimulatedResponse } from '../../celonis/responses.mts';
import { authorization } from '../../celonis/authorization.mts';
import { defaultBehaviour, type Behaviour } from '../../celonis/behaviour.mts';
import { PageTokens } from '../../celonis/pageTokens.mts';
import type { Clock } from '../../celonis/clock.mts';
import { auditEndpoints, teamEndpoints } from '../../celonis/endpoints.mts';
import type { EventLog } from '../../celonis/log.mts';
import { seededRandom } from '../../celonis/random.mts';
import { RateLimiter } from '../../celonis/rateLimiter.mts';
import { recordOf, type RecordedRequest } from '../../celonis/requests.mts';
import { routes, type SimulatedRequest } from '../../celonis/routes.mts';
import { tokenEndpoint } from '../../celonis/tokenEndpoint.mts';
import { Tokens } from '../../celonis/tokens.mts';
import type { ServerPlan } from '../plan/plan.mts';

/** The simulator of `test/celonis` without its sockets: what it answers to which request. */
export interface TeamInMemory {
	readonly access: Access;
	readonly behaviour: Behaviour;
	readonly tokens: Tokens;
	answerTo(asked: SimulatedRequest): SimulatedResponse;
	recordOf(asked: SimulatedRequest): RecordedRequest;
}

/** Opens a team with this log, whichever is asked for. Reading a page takes the server as long as its behaviour says. */
export function openTeamInMemory(
	log: EventLog,
	clock: Clock,
	seed: number,
	{ behaviour: changes, tokenLifeSeconds }: ServerPlan,
): TeamInMemory {
	const behaviour = { ...defaultBehaviour, ...changes };
	const access = accessWith({ tokenLifeSeconds });
	const team = { access, behaviour, clock };
	const tokens = new Tokens(clock, seededRandom(seed));
	const chains = new PageTokens(seed);
	const limiter = new RateLimiter(clock, () => behaviour.rateLimit);
	return {
		access,
		behaviour,
		tokens,
		answerTo: routes(
			{
				token: tokenEndpoint(access, tokens),
				authorize: authorization(access, tokens),
				countRequest: () => limiter.count(),
			},
			[...auditEndpoints(log, chains, team), ...teamEndpoints(log, [], team)],
			clock,
		),
		recordOf: (asked) => recordOf(asked, { access, tokens, chains, now: clock.now() }),
	};
}
