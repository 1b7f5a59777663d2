import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from './access.mts';
import { accessWith, defaultPoolId } from './access.mts';
import type { SimulatedResponse } from './responses.mts';
import { authorization } from './authorization.mts';
import type { Behaviour } from './behaviour.mts';
import { defaultBehaviour } from './behaviour.mts';
import { PageTokens } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import { runningClock } from './clock.mts';
import type { Contract } from './contract.mts';
import type { PushBehaviour } from './dataPush/behaviour.mts';
import { defaultPushBehaviour } from './dataPush/behaviour.mts';
import { DataPools } from './dataPush/dataPools.mts';
import { dataPushEndpoints } from './dataPush/endpoints.mts';
import { tablesPage } from './dataPush/tablesPage.mts';
import { auditEndpoints, teamEndpoints } from './endpoints.mts';
import { Faults } from './faults.mts';
import type { AuditLog } from './log.mts';
import type { LoginHistory, LoginHistoryOptions } from './loginEvents.mts';
import { teamLogins } from './loginEvents.mts';
import type { Membership } from './members.mts';
import { teamMembers } from './members.mts';
import { seededRandom } from './random.mts';
import { RateLimiter } from './rateLimiter.mts';
import type { RecordedRequest } from './requests.mts';
import { recordOf } from './requests.mts';
import { routes } from './routes.mts';
import type { TeamLogOptions } from './teamLog.mts';
import { teamLog } from './teamLog.mts';
import { tokenEndpoint } from './tokenEndpoint.mts';
import { Tokens } from './tokens.mts';
import { deliver, readRequest } from './wire.mts';

export interface SimulatorOptions extends Partial<Access>, TeamLogOptions {
	seed?: number;
	/** 0, the default, takes any free port. */
	port?: number;
	/** Real time by default. */
	clock?: Clock;
	behaviour?: Partial<Behaviour>;
	/** The Login History; empty by default. */
	logins?: LoginHistoryOptions;
	dataPush?: Partial<PushBehaviour>;
	/** Holds every request, and every answer that met no fault, against the OpenAPI document. */
	contract?: Contract;
}

export interface Simulator {
	/** Origin, as in `http://127.0.0.1:41234`. */
	readonly url: string;
	readonly log: AuditLog;
	readonly logins: LoginHistory;
	/** Who is in the team: those who act in the audit log, and others. */
	readonly members: Membership[];
	/** One data pool, `defaultPoolId`, with no table. */
	readonly dataPools: DataPools;
	readonly clock: Clock;
	readonly access: Access;
	readonly behaviour: Behaviour;
	readonly faults: Faults;
	readonly tokens: Tokens;
	/** Every request received, in order. */
	readonly requests: RecordedRequest[];
	/** What the contract had to complain about, if one was given. */
	readonly contractProblems: string[];
	/** Stops at once: open connections, hanging ones too, are cut. */
	close(): Promise<void>;
}

/** What a multipart form adds to the file in it, at most. */
const roomForForm = 10_000;

/** Starts a Celonis team with its audit log and the neighbours of that, on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { seed = 1, port = 0, clock = runningClock(), contract } = options;
	const log = teamLog(options, seed, clock.now());
	const logins = teamLogins(options.logins ?? {}, seed, clock.now());
	const members = teamMembers(seed, clock.now());
	const behaviour: Behaviour = { ...defaultBehaviour, ...options.behaviour };
	const pushBehaviour = { ...defaultPushBehaviour, ...options.dataPush };
	const dataPools = new DataPools([defaultPoolId], pushBehaviour, clock, seededRandom(seed + 6));
	const access = accessWith(options);
	const tokens = new Tokens(clock, seededRandom(seed));
	const chains = new PageTokens(seed);
	const limiter = new RateLimiter(clock, () => behaviour.rateLimit);
	const faults = new Faults();
	const requests: RecordedRequest[] = [];
	const contractProblems: string[] = [];
	const team = { access, behaviour, clock };
	const answerTo = routes(
		{
			token: tokenEndpoint(access, tokens),
			authorize: authorization(access, tokens),
			countRequest: () => limiter.count(),
		},
		[
			...auditEndpoints(log, chains, team),
			...teamEndpoints(logins, members, team),
			...dataPushEndpoints(dataPools, access, clock),
		],
		clock,
	);

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const asked = await readRequest(request, pushBehaviour.maxChunkBytes + roomForForm);
		const page = tablesPage(asked, dataPools);
		if (page) {
			await deliver(response, page, undefined);
			return;
		}
		const recorded = recordOf(asked, { access, tokens, chains, now: clock.now() });
		requests.push(recorded);
		if (contract) contractProblems.push(...contract.requestProblems(recorded));
		const fault = faults.take(recorded);
		if (fault) recorded.fault = fault.name;
		if (behaviour.latencyMs > 0) await delay(behaviour.latencyMs, undefined, { ref: false });
		if (fault?.kind === 'hang') return;
		if (fault?.kind === 'reset' && fault.at === 'start') {
			request.socket.resetAndDestroy();
			return;
		}
		let answer = fault?.kind === 'answer' ? fault.answer : answerTo(asked);
		if (fault?.kind === 'change') answer = fault.change(answer, recorded);
		const date = new Date(clock.now()).toUTCString();
		recorded.status = answer.status;
		if (contract && !fault) contractProblems.push(...answerProblems(contract, recorded, answer));
		await deliver(response, { ...answer, headers: { date, ...answer.headers } }, fault);
	};

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			if (request.destroyed && !request.complete) return; // the client went away
			process.stderr.write(`Simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
			response.destroy();
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: actualPort } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${actualPort}`,
		log,
		logins,
		members,
		dataPools,
		clock,
		access,
		behaviour,
		faults,
		tokens,
		requests,
		contractProblems,
		close: () =>
			new Promise((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}

function answerProblems(
	contract: Contract,
	request: RecordedRequest,
	answer: SimulatedResponse,
): string[] {
	const operation = contract.operationOf(request);
	if (operation === undefined) return [];
	return contract.answerProblems(operation, answer.status, answer.headers, answer.body);
}
