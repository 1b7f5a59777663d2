/** The simulated Celonis in a separate process, with a log that does not grow. */
import { createGrowthSource } from '../celonis/arrivals.mts';
import { AuditLog } from '../celonis/log.mts';
import { createRecordGenerator } from '../celonis/records.mts';
import { startSimulator } from '../celonis/simulator.mts';
import type { LogWindow } from './job.mts';
import type { Command } from './team.mts';

const SEED = 1;
const EVENTS_PER_MINUTE = 10_000 / (24 * 60);

/** So that it is older than a trigger's lookback. */
const QUIET_MS = 30 * 60_000;

const log = new AuditLog(SEED);
const makeRecord = createRecordGenerator(SEED);
const endMs = Math.floor(Date.now() / 1000) * 1000 - QUIET_MS;

/** Adds arrivals to the log once. */
function add(growth: { eventsPerMinute: number }, startMs: number, untilMs: number): number {
	let due = createGrowthSource(growth, SEED, startMs, makeRecord)(untilMs);
	const { length } = due;
	log.addGrowthSource(() => {
		const now = due;
		due = [];
		return now;
	});
	log.getVisible(Date.now());
	return length;
}

const events = Number(process.argv[2]);
add({ eventsPerMinute: EVENTS_PER_MINUTE }, endMs - (events / EVENTS_PER_MINUTE) * 60_000, endMs);
const entries = log.getVisible(Date.now());
const simulator = await startSimulator({ log });

/** The newest events, about the requested number: those of one millisecond stay together. */
function findWindow(requested: number): LogWindow {
	const fromMs = entries[Math.max(0, entries.length - requested)]?.timestamp ?? 0;
	const found = entries.length - entries.findIndex(({ timestamp }) => timestamp >= fromMs);
	return { fromMs, toMs: endMs + 1000, events: found };
}

function response(command: Command): unknown {
	switch (command.ask) {
		case 'requests':
			return simulator.requests.length;
		case 'minute':
			simulator.clock.advance(60_000);
			return simulator.clock.now();
		case 'burst': {
			const now = simulator.clock.now();
			return add({ eventsPerMinute: command.events }, now - 60_000, now - 1);
		}
		case 'window':
			return findWindow(command.events);
		case 'latency':
			simulator.behaviour.latencyMs = command.ms;
			return null;
	}
}

process.on('message', (command: Command) => process.send?.({ answer: response(command) }));
process.on('disconnect', () => process.exit());
process.send?.({ answer: { url: simulator.url, appKey: simulator.access.appKeys[0]?.key } });
