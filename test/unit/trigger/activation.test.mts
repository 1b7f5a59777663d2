import { describe, expect, it } from '@jest/globals';
import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import {
	getPollOccasion,
	isTolerated,
	PollHistory,
	type PollSigns,
} from '../../../nodes/Celonis/trigger/activation';
import { ERROR_CATALOG, type ErrorCode } from '../../../nodes/Celonis/errors/catalog';
import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';

const MODES = ['init', 'leadershipChange', 'activate', 'create', 'update'] as const;
const UNLIMITED_BUDGET_MS = 300_000;

/** A poll with a new context, of a node that was polled and saved before. */
const SIGNS = {
	isManual: false,
	isKnownContext: false,
	isNewNode: false,
	hadLimitedBudget: false,
	isStaticDataObservable: true,
	budgetMs: UNLIMITED_BUDGET_MS,
} as const satisfies Partial<PollSigns>;

const IN_MEMORY = SIGNS;
const OLD_IN_MEMORY = { ...SIGNS, budgetMs: undefined };
const DURABLE = { ...SIGNS, isStaticDataObservable: false, hadLimitedBudget: true };
const OLD_DURABLE = { ...SIGNS, isStaticDataObservable: false, budgetMs: undefined };

describe('the occasion of a poll', () => {
	it.each([
		['in memory', IN_MEMORY, 'publication'],
		['in memory, before n8n 2.41', OLD_IN_MEMORY, 'publication'],
		['an activation of the durable engine', DURABLE, 'publication'],
		['a job of the durable engine', { ...DURABLE, budgetMs: 36_000 }, 'schedule'],
		['a job of a durable engine with long polls', { ...DURABLE, budgetMs: 480_000 }, 'schedule'],
		['a job that saves in memory', { ...IN_MEMORY, budgetMs: 36_000 }, 'schedule'],
		['a job, before n8n 2.41', OLD_DURABLE, 'schedule'],
		['a new node of the durable engine', { ...OLD_DURABLE, isNewNode: true }, 'publication'],
		['a new node, but a job', { ...DURABLE, isNewNode: true, budgetMs: 36_000 }, 'schedule'],
	])('in mode update, %s: %s', (_name, signs, expected) => {
		expect(getPollOccasion({ ...signs, activationMode: 'update' })).toBe(expected);
	});

	it.each(MODES)('in mode %s is an activation for the first poll of a context', (mode) => {
		const expected = ['init', 'leadershipChange'].includes(mode) ? 'start' : 'publication';
		for (const signs of [IN_MEMORY, OLD_IN_MEMORY, DURABLE]) {
			const first = { ...signs, activationMode: mode };
			expect(getPollOccasion(first)).toBe(expected);
			expect(getPollOccasion({ ...first, isKnownContext: true })).toBe('schedule');
			expect(getPollOccasion({ ...first, isManual: true })).toBe('test');
		}
	});

	it('is a start in a mode that n8n may add: its errors would not be seen', () => {
		const activationMode = 'takeover' as WorkflowActivateMode;
		expect(getPollOccasion({ ...IN_MEMORY, activationMode })).toBe('start');
	});
});

describe('an error', () => {
	const createError = (code: ErrorCode) =>
		new CelonisError(code as 'cancelled', { api: 'auditLog', status: 500 });
	const codes = Object.keys(ERROR_CATALOG) as ErrorCode[];
	const tolerated = (error: unknown) =>
		(['start', 'publication', 'schedule', 'test'] as const).filter((occasion) =>
			isTolerated(occasion, error),
		);

	it.each(codes)('%s is tolerated at a start, and at a publication if it may pass', (code) => {
		const { isPassing } = ERROR_CATALOG[code];
		expect(tolerated(createError(code))).toEqual(isPassing ? ['start', 'publication'] : ['start']);
	});

	it.each([
		'unknownHost',
		'unreachable',
		'connectionLost',
		'tlsError',
		'timeout',
		'rateLimited',
		'redirect',
		'serverError',
		'unavailable',
		'htmlResponse',
		'emptyResponse',
		'plainTextResponse',
		'unexpectedJson',
		'truncatedResponse',
		'tokenEndpointUnavailable',
		'pollDeadlineExceeded',
	] as const)('%s may pass', (code) => expect(ERROR_CATALOG[code].isPassing).toBe(true));

	it.each([
		'invalidTeamUrl',
		'invalidClient',
		'invalidScope',
		'unauthorized',
		'forbidden',
		'forbiddenWithoutReason',
		'scopeNotRequested',
		'badRequest',
		'notFound',
		'proxyAuthenticationRequired',
		'unreadableCursor',
	] as const)('%s is for a person to mend', (code) =>
		expect(ERROR_CATALOG[code].isPassing).toBe(false),
	);

	it('without a code is not shown to be passing', () => {
		for (const error of [new TypeError('a bug'), undefined, 'text', { isPassing: true }]) {
			expect(tolerated(error)).toEqual(['start']);
		}
	});

	it('that a person has to mend is never one that n8n polls again soon for', () => {
		const passing = ['rate-limited', 'temporarily-unavailable'];
		for (const code of codes) {
			const { isPassing, failure = '' } = { failure: undefined, ...ERROR_CATALOG[code] };
			if (passing.includes(failure)) expect({ code, isPassing }).toEqual({ code, isPassing: true });
		}
	});
});

describe('the history of polls', () => {
	const unavailable = new CelonisError('unavailable', { api: 'auditLog', status: 503 });

	/** A context as an engine of n8n makes it. */
	function createContext(
		activationMode: WorkflowActivateMode,
		{
			budgetMs,
			staticData = { __dataChanged: false },
			nodeId = 'node',
			mode = 'trigger',
		}: {
			budgetMs?: number;
			staticData?: object;
			nodeId?: string;
			mode?: string;
		} = {},
	): IPollFunctions {
		const context: Partial<Record<keyof IPollFunctions, unknown>> = {
			getMode: () => mode,
			getActivationMode: () => activationMode,
			getWorkflow: () => ({ id: 'workflow' }),
			getNode: () => ({ id: nodeId }),
			getWorkflowStaticData: () => staticData,
			...(budgetMs === undefined ? {} : { getPollBudgetMs: () => budgetMs }),
		};
		return context as unknown as IPollFunctions;
	}

	const durable = { staticData: { cursor: 'saved' } };
	const job = { ...durable, budgetMs: 36_000 };
	const activation = { ...durable, budgetMs: UNLIMITED_BUDGET_MS };

	it.each(MODES)('tolerates one poll of a context (mode %s)', (mode) => {
		const history = new PollHistory();
		const context = createContext(mode);
		expect(history.begin(context).tolerates(unavailable, 'team')).toBe(true);
		expect(history.begin(context).tolerates(unavailable, 'team')).toBe(false);
		expect(history.begin(context).tolerates(unavailable, 'team')).toBe(false);
	});

	it.each(['init', 'leadershipChange', 'activate', 'create'] as const)(
		'tolerates the first poll of each activation (mode %s)',
		(mode) => {
			const history = new PollHistory();
			for (let attempt = 0; attempt < 3; attempt++) {
				expect(history.begin(createContext(mode)).tolerates(unavailable, 'team')).toBe(true);
			}
		},
	);

	it('tolerates a saved change of a node that the durable engine polls, and no job', () => {
		const history = new PollHistory();
		expect(history.begin(createContext('update', job)).tolerates(unavailable, 'a')).toBe(false);
		expect(history.begin(createContext('update', activation)).tolerates(unavailable, 'a')).toBe(
			true,
		);
		expect(history.begin(createContext('update', job)).tolerates(unavailable, 'a')).toBe(false);
		expect(history.begin(createContext('update', job)).tolerates(unavailable, 'a')).toBe(false);
	});

	it('tells a job of the durable engine by its static data, before n8n 2.41', () => {
		const history = new PollHistory();
		const isNew = { staticData: {} };
		expect(history.begin(createContext('update', isNew)).occasion).toBe('publication');
		expect(history.begin(createContext('update', isNew)).occasion).toBe('schedule');
		expect(history.begin(createContext('update', durable)).occasion).toBe('schedule');
	});

	it('never tolerates two updates in a row: an engine may give no sign at all', () => {
		const history = new PollHistory();
		const tolerates = (team: string) =>
			history.begin(createContext('update')).tolerates(unavailable, team);
		expect([tolerates('a'), tolerates('a'), tolerates('a')]).toEqual([true, false, true]);
		expect(tolerates('b')).toBe(true);
		history.begin(createContext('update')); // It succeeds.
		expect(tolerates('b')).toBe(true);
	});

	it('knows nodes apart', () => {
		const history = new PollHistory();
		for (const nodeId of ['1', '2', '3']) {
			const context = createContext('update', { nodeId });
			expect(history.begin(context).tolerates(unavailable, 'team')).toBe(true);
		}
	});

	it('forgets the node that was not polled for longest, after 5000 others', () => {
		const history = new PollHistory();
		const poll = (nodeId: string) => history.begin(createContext('update', { ...job, nodeId }));
		const activate = (nodeId: string) =>
			history.begin(createContext('update', { ...activation, nodeId })).occasion;
		for (const nodeId of ['kept', 'forgotten', 'kept']) poll(nodeId);
		for (let node = 1; node < 5000; node++) poll(`other ${node}`);
		expect(activate('kept')).toBe('publication');
		expect(activate('forgotten')).toBe('schedule');
	});

	it('neither tolerates nor counts a test in the editor', () => {
		const history = new PollHistory();
		const context = createContext('init', { mode: 'manual' });
		expect(history.begin(context).tolerates(unavailable, 'team')).toBe(false);
		const empty = createContext('update', { staticData: {} });
		expect(history.begin(empty).occasion).toBe('publication');
	});
});
