/** The simulated Celonis in a process of its own, with a log that stands still. */
import { arrivals } from '../celonis/arrivals.mts';
import { AuditLog } from '../celonis/log.mts';
import { recordGenerator } from '../celonis/records.mts';
import { startSimulator } from '../celonis/simulator.mts';
import type { LogWindow } from './job.mts';
import type { Command } from './team.mts';

const SEED = 1;
const EVENTS_A_MINUTE = 10_000 / (24 * 60);

/** So that a trigger's lookback finds nothing of it. */
const QUIET_MS = 30 * 60_000;

const log = new AuditLog(SEED);
const makeRecord = recordGenerator(SEED);
const endMs = Math.floor(Date.now() / 1000) * 1000 - QUIET_MS;

/** Brings arrivals into the log as they are, once. */
function add(growth: { eventsPerMinute: number }, startMs: number, untilMs: number): number {
	let due = arrivals(growth, SEED, startMs, makeRecord)(untilMs);
	const { length } = due;
	log.growing(() => {
		const now = due;
		due = [];
		return now;
	});
	log.visibleAt(Date.now());
	return length;
}

const events = Number(process.argv[2]);
add({ eventsPerMinute: EVENTS_A_MINUTE }, endMs - (events / EVENTS_A_MINUTE) * 60_000, endMs);
const entries = log.visibleAt(Date.now());
const simulator = await startSimulator({ log });

/** The newest events, about as many as asked for: those of one millisecond stay together. */
function windowOf(wanted: number): LogWindow {
	const fromMs = entries[Math.max(0, entries.length - wanted)]?.timestamp ?? 0;
	const found = entries.length - entries.findIndex(({ timestamp }) => timestamp >= fromMs);
	return { fromMs, toMs: endMs + 1000, events: found };
}

function answer(command: Command): unknown {
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
			return windowOf(command.events);
		case 'latency':
			simulator.behaviour.latencyMs = command.ms;
			return null;
	}
}

process.on('message', (command: Command) => process.send?.({ answer: answer(command) }));
process.on('disconnect', () => process.exit());
process.send?.({ answer: { url: simulator.url, appKey: simulator.access.appKeys[0]?.key } });
