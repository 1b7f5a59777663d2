import { totalmem } from 'node:os';
import { startDistantTeam } from './distance/team.mts';
import type { Installation, LogAddress, LogWindow, Measurement, TriggerFigures } from './job.mts';
import type { Options } from './options.mts';
import { createDistantPlan, createPlan, DEFAULT_LATENCY_MS, type Cell } from './plan.mts';
import { DEFAULT_CANDIDATE } from './candidates.mts';
import type { GroupTimes } from './profile/summarize.mts';
import { getMedians, type Failure, type Parsing, type Result, type Results } from './results.mts';
import { runChild, type Runtime } from './runChild.mts';
import { chooseComparisonSize } from './targets.mts';
import { startTeam, type Team } from './team.mts';

const WARM_UP_EVENTS = 1_000;
const BURST_EVENTS = 5_000;

/** The log is random: a little more, so that it has enough events. */
const RESERVE = 1.05;

/** Half of the memory at most: the simulator and its log are on the same machine. */
const HEAP_MEGABYTES = Math.min(8_192, Math.floor(totalmem() / 2 ** 21));

/** Runs everything sequentially. */
export async function runAll(
	installation: Installation & { node: string },
	options: Options,
	say: (text: string) => void,
): Promise<Results> {
	const { node } = installation;
	const largest = Math.max(WARM_UP_EVENTS, ...options.events);
	say(`Making a log of ${largest} events …`);
	const team = await startTeam(node, largest * RESERVE);
	try {
		const harness = new Bench(
			team,
			installation,
			{ node, heapMegabytes: HEAP_MEGABYTES, profiles: options.profiles },
			await team.window(WARM_UP_EVENTS),
			say,
		);
		const parsings: Parsing[] = [];
		const plan = createPlan(options);
		const read = options.events.filter((size) => plan.some(({ events }) => events === size));
		for (const size of read) parsings.push(await harness.parse(size, options.repeats));
		const readings: Result[] = [];
		const failures: Failure[] = [];
		for (const cell of plan) {
			const done = await harness.runCell(cell);
			readings.push(...done.readings);
			failures.push(...done.failures);
		}
		const distantPlan = createDistantPlan(chooseComparisonSize(options.events), options);
		const distant = await readFromAfar(harness, distantPlan, team, node);
		const profile =
			options.only.test('profile') && !options.quick
				? await harness.profile(chooseComparisonSize(options.events))
				: undefined;
		const trigger = options.only.test('trigger') ? await harness.trigger(largest) : undefined;
		return {
			readings,
			distant,
			failures,
			parsings,
			profile,
			trigger,
			triggerLatencyMs: DEFAULT_LATENCY_MS,
		};
	} finally {
		team.close();
	}
}

/** Reads over TLS. What fails is only said. */
async function readFromAfar(
	harness: Bench,
	plan: readonly Cell[],
	team: Team,
	node: string,
): Promise<Result[]> {
	if (plan.length === 0) return [];
	const distantTeam = await startDistantTeam(node, team.log);
	try {
		const readings: Result[] = [];
		for (const cell of plan) {
			await distantTeam.setRoundTrip(cell.roundTripMs ?? 0);
			readings.push(...(await harness.runCell(cell, distantTeam.log)).readings);
		}
		return readings;
	} finally {
		await distantTeam.close();
	}
}

class Bench {
	readonly #team: Team;
	readonly #installation: Installation;
	readonly #runtime: Runtime;
	readonly #warmUp: LogWindow;
	readonly #say: (text: string) => void;

	constructor(
		team: Team,
		installation: Installation,
		runtime: Runtime,
		warmUp: LogWindow,
		say: (text: string) => void,
	) {
		this.#team = team;
		this.#installation = installation;
		this.#runtime = runtime;
		this.#warmUp = warmUp;
		this.#say = say;
	}

	async runCell(cell: Cell, log: LogAddress = this.#team.log) {
		const { events: size, latencyMs, repeats, candidates, roundTripMs } = cell;
		await this.#team.setLatency(latencyMs);
		const around = { ...(await this.#around(size)), log };
		const where = roundTripMs === undefined ? `${latencyMs} ms` : `TLS, ${roundTripMs} ms away`;
		const runs = candidates.map((candidate) => ({
			candidate,
			measured: [] as Measurement[],
			reason: undefined as string | undefined,
		}));
		for (let turn = 1; turn <= repeats; turn++) {
			this.#say(`${size} events, ${where}: turn ${turn} of ${repeats}`);
			for (const run of runs) {
				if (run.reason !== undefined) continue;
				const job = { ...around, kind: 'read', candidate: run.candidate } as const;
				await runChild<Measurement>(job, this.#team, {
					...this.#runtime,
					...(run.candidate.heapMegabytes && { heapMegabytes: run.candidate.heapMegabytes }),
				}).then(
					(measurement) => {
						run.measured.push(measurement);
						this.#say(`  ${run.candidate.name}: ${Math.round(measurement.durationMs)} ms`);
					},
					(error: unknown) => {
						run.reason = error instanceof Error ? error.message : String(error);
						this.#say(`  ${run.candidate.name}: ${run.reason}`);
					},
				);
			}
		}
		const readings: Result[] = [];
		const failures: Failure[] = [];
		for (const { candidate, measured, reason } of runs) {
			if (reason !== undefined) failures.push({ candidate, latencyMs, size, reason });
			else readings.push({ candidate, latencyMs, roundTripMs, size, ...getMedians(measured) });
		}
		return { readings, failures };
	}

	/** Measures the parsing of prefetched pages. */
	async parse(size: number, repeats: number): Promise<Parsing> {
		await this.#team.setLatency(0);
		const around = await this.#around(size);
		const runs: Measurement[] = [];
		this.#say(`JSON.parse of ${size} events`);
		for (let turn = 0; turn < repeats; turn++) {
			runs.push(await runChild({ ...around, kind: 'parse' }, this.#team, this.#runtime));
		}
		return { size, cpuMicrosAnEvent: getMedians(runs).cpuMicrosAnEvent };
	}

	/** What the node does by default, without latency. */
	async profile(size: number): Promise<Results['profile']> {
		await this.#team.setLatency(0);
		const around = await this.#around(size);
		this.#say(`A profile of a reading of ${size} events`);
		const job = { ...around, kind: 'profile', candidate: DEFAULT_CANDIDATE } as const;
		return { size, times: await runChild<GroupTimes>(job, this.#team, this.#runtime) };
	}

	async trigger(backlog: number): Promise<TriggerFigures> {
		await this.#team.setLatency(DEFAULT_LATENCY_MS);
		const around = await this.#around(backlog);
		this.#say(`The trigger, with a backlog of ${backlog} events`);
		const job = { ...around, kind: 'trigger', burst: BURST_EVENTS } as const;
		return await runChild(job, this.#team, this.#runtime);
	}

	async #around(size: number) {
		const window = await this.#team.window(size);
		const { log } = this.#team;
		return { log, installation: this.#installation, warmUp: this.#warmUp, window };
	}
}
