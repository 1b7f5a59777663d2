import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from './access.mts';
import { createAccess, defaultPoolId } from './access.mts';
import type { SimulatedResponse } from './responses.mts';
import { createAuthorizer } from './authorization.mts';
import type { Behaviour } from './behaviour.mts';
import { defaultBehaviour } from './behaviour.mts';
import { PageTokens } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import { runningClock } from './clock.mts';
import type { Contract } from './contract.mts';
import type { PushBehaviour } from './dataPush/behaviour.mts';
import { defaultPushBehaviour } from './dataPush/behaviour.mts';
import { DataPools } from './dataPush/dataPools.mts';
import { createDataPushEndpoints } from './dataPush/endpoints.mts';
import {
	createAuditEndpoints,
	createPermissionsEndpoint,
	createTeamEndpoints,
} from './endpoints.mts';
import { FaultInjector } from './faults/faultInjector.mts';
import type { AuditLog } from './log.mts';
import type { LoginHistory, LoginHistoryOptions } from './loginEvents.mts';
import { createTeamLogins } from './loginEvents.mts';
import type { Membership } from './members.mts';
import { createTeamMembers } from './members.mts';
import { renderPage } from './pages/index.mts';
import type { Permission } from './permissions.mts';
import { createContentTypes } from './contentTypes.mts';
import { createTeamPermissions } from './permissions.mts';
import { seededRandom } from './random.mts';
import { createSchemaEndpoint } from './schema.mts';
import { RateLimiter } from './rateLimiter.mts';
import type { RecordedRequest } from './requests.mts';
import { recordRequest } from './requests.mts';
import { createRouter } from './routes.mts';
import type { TeamLogOptions } from './teamLog.mts';
import { createTeamLog } from './teamLog.mts';
import { createTokenEndpoint } from './tokenEndpoint.mts';
import { Tokens } from './tokens.mts';
import { sendResponse, receiveRequest } from './wire.mts';

export interface SimulatorOptions extends Partial<Access>, TeamLogOptions {
	seed?: number;
	/** 0, the default, means any free port. */
	port?: number;
	/** Real time by default. */
	clock?: Clock;
	behaviour?: Partial<Behaviour>;
	/** The Login History; empty by default. */
	logins?: LoginHistoryOptions;
	/** The members at a time, epoch milliseconds; by default those who act in a generated log. */
	members?: (nowMs: number) => Membership[];
	dataPush?: Partial<PushBehaviour>;
	/** Validates every request, and every response without a fault, against the OpenAPI document. */
	contract?: Contract;
}

export interface Simulator {
	/** Origin, as in `http://127.0.0.1:41234`. */
	readonly url: string;
	readonly log: AuditLog;
	readonly logins: LoginHistory;
	/**
	 * The members of the team: those who act in the audit log, and others. With the option `members`,
	 * those at the start.
	 */
	readonly members: Membership[];
	/** What was granted before the log begins; its `PERMISSIONS_UPDATE` events change the response. */
	readonly permissions: Permission[];
	/** One data pool, `defaultPoolId`, with no table. */
	readonly dataPools: DataPools;
	readonly clock: Clock;
	readonly access: Access;
	readonly behaviour: Behaviour;
	readonly faults: FaultInjector;
	readonly tokens: Tokens;
	/** Every request received, in order. */
	readonly requests: RecordedRequest[];
	/** Violations of the contract, if there is one. */
	readonly contractProblems: string[];
	/** Stops at once and closes all connections, hanging ones too. */
	close(): Promise<void>;
}

/** How much larger a multipart form may be than its file. */
const FORM_OVERHEAD_BYTES = 10_000;

/** Starts a simulated Celonis team on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const team = createTeam(options);
	const handle = createRequestHandler(team, options.contract);
	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			if (request.destroyed && !request.complete) return; // the client disconnected
			process.stderr.write(`Simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
			response.destroy();
		});
	});
	const port = await listen(server, options.port ?? 0);
	return {
		...team,
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			await new Promise<void>((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			});
		},
	};
}

/** A team without its server. */
interface SimulatedTeam extends Omit<Simulator, 'url' | 'close'> {
	readonly listMembers: () => readonly Membership[];
	readonly pageTokens: PageTokens;
	readonly pushBehaviour: PushBehaviour;
}

function createTeam(options: SimulatorOptions): SimulatedTeam {
	const { seed = 1, clock = runningClock() } = options;
	const pushBehaviour = { ...defaultPushBehaviour, ...options.dataPush };
	const members = options.members?.(clock.now()) ?? createTeamMembers(seed, clock.now());
	return {
		log: createTeamLog(options, seed, clock.now()),
		logins: createTeamLogins(options.logins ?? {}, seed, clock.now()),
		members,
		listMembers: () => options.members?.(clock.now()) ?? members,
		permissions: createTeamPermissions(seed, members),
		dataPools: new DataPools([defaultPoolId], pushBehaviour, clock, seededRandom(seed + 6)),
		pushBehaviour,
		clock,
		access: createAccess(options),
		behaviour: { ...defaultBehaviour, ...options.behaviour },
		faults: new FaultInjector(),
		tokens: new Tokens(clock, seededRandom(seed)),
		pageTokens: new PageTokens(seed),
		requests: [],
		contractProblems: [],
	};
}

function createTeamRouter(team: SimulatedTeam) {
	const { access, behaviour, clock, dataPools, listMembers, log, logins, pageTokens, tokens } =
		team;
	const { permissions } = team;
	const rateLimiter = new RateLimiter(clock, () => behaviour.rateLimit);
	return createRouter(
		{
			respondToTokenRequest: createTokenEndpoint(access, tokens),
			authorize: createAuthorizer(access, tokens),
			countRequest: () => rateLimiter.count(),
		},
		[
			...createAuditEndpoints(log, pageTokens, team),
			...createTeamEndpoints(logins, listMembers, team),
			createPermissionsEndpoint(permissions, listMembers(), log, team),
			...createDataPushEndpoints(dataPools, access, clock),
			createSchemaEndpoint(behaviour),
		],
		clock,
	);
}

function createRequestHandler(team: SimulatedTeam, contract: Contract | undefined) {
	const { behaviour, clock, pushBehaviour } = team;
	const route = createTeamRouter(team);
	const labelContent = createContentTypes(behaviour);
	return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const maxUploadBytes = pushBehaviour.maxChunkBytes + FORM_OVERHEAD_BYTES;
		const request = await receiveRequest(incoming, maxUploadBytes);
		const page = renderPage(request, team);
		if (page) {
			await sendResponse(outgoing, page, undefined);
			return;
		}
		const recorded = recordRequest(request, { ...team, now: clock.now() });
		team.requests.push(recorded);
		if (contract) team.contractProblems.push(...contract.checkRequest(recorded));
		const fault = team.faults.take(recorded);
		if (fault) recorded.fault = fault.name;
		if (behaviour.latencyMs > 0) await delay(behaviour.latencyMs, undefined, { ref: false });
		if (fault?.type === 'hang') return;
		if (fault?.type === 'reset' && fault.at === 'start') {
			incoming.socket.resetAndDestroy();
			return;
		}
		let response = fault?.type === 'respond' ? fault.response : labelContent(route(request));
		if (fault?.type === 'transform') response = fault.transform(response, recorded);
		const date = formatDate(clock.now(), behaviour);
		recorded.status = response.status;
		if (contract && !fault) {
			team.contractProblems.push(...checkResponse(contract, recorded, response));
		}
		await sendResponse(outgoing, { ...response, headers: { date, ...response.headers } }, fault);
	};
}

/** The `Date` header as `sendResponse` takes it: no text for none, a line break between two. */
function formatDate(nowMs: number, { dateHeader }: Behaviour): string {
	const date = new Date(nowMs);
	const text = date.toUTCString();
	const forms = {
		valid: text,
		missing: '',
		invalid: date.toISOString(),
		doubled: `${text}\n${text}`,
	};
	return forms[dateHeader];
}

function checkResponse(
	contract: Contract,
	request: RecordedRequest,
	{ status, headers, body }: SimulatedResponse,
): string[] {
	const operation = contract.findOperation(request);
	return operation === undefined ? [] : contract.checkResponse(operation, status, headers, body);
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return (server.address() as AddressInfo).port;
}
