import type { Behaviour } from '../../celonis/behaviour.mts';
import type { Random } from '../../celonis/random.mts';
import type { Disruptions, NetworkPlan, ServerPlan, Transport } from './plan.mts';

const PAGE_SIZES = { usual: [3, 8, 30, 200], growing: [3, 5], large: [20, 50, 200] } as const;

export function drawServer(load: keyof typeof PAGE_SIZES, random: Random): ServerPlan {
	const behaviour: Partial<Behaviour> = {
		order: random.pick(['asc', 'desc', 'shuffled']),
		fromBound: random.pick(['inclusive', 'exclusive']),
		toBound: random.pick(['inclusive', 'exclusive']),
		lastToken: random.pick(['absent', 'empty', 'null']),
		emptyPageWithToken: random.chance(0.1),
		v1Empty: random.pick(['204', 'page']),
		v2Empty: random.pick(['204', 'page']),
		pageTimeMs: random.pick(load === 'growing' ? [300, 1500] : [0, 20, 700, 3000]),
		...(random.chance(0.15) && {
			rateLimit: {
				limit: random.integer(5, 40),
				windowSeconds: random.integer(1, 40),
				resetForm: random.pick(['seconds', 'epoch', 'date-time', 'retry-after', 'none']),
			},
		}),
	};
	return {
		behaviour,
		pageSize: random.pick(PAGE_SIZES[load]),
		dateHeader: random.pick(['before', 'after']),
		omitsNulls: random.chance(0.3),
		tokenLifeSeconds: random.pick([899, 899, 60]),
	};
}

export function drawNetwork(transport: Transport, random: Random): NetworkPlan {
	const withoutFaults = { transientRate: 0, fatalRate: 0, outageRate: 0, maxLatencyMs: 60 };
	return {
		...withoutFaults,
		...random.pick<Partial<NetworkPlan>>([
			{},
			{ transientRate: 0.04 },
			{ transientRate: 0.05, fatalRate: 0.05 },
			{ transientRate: 0.3, fatalRate: 0.02 },
			{ outageRate: 0.08 },
			{ transientRate: 0.02, outageRate: 0.05 },
		]),
		...(transport === 'inMemory' && {
			maxLatencyMs: random.pick([60, 60, 60, 900, 5000, 20_000]),
		}),
	};
}

export function drawDisruptions(transport: Transport, random: Random): Disruptions {
	const isUndisturbed = random.chance(0.4);
	const drawRate = (rate: number) => (!isUndisturbed && random.chance(0.5) ? rate : 0);
	return {
		crash: drawRate(0.15),
		kill: transport === 'inMemory' ? drawRate(0.05) : 0,
		restart: drawRate(0.08),
		change: 0.06,
		overlap: transport === 'inMemory' ? random.pick([0, 0.1]) : 0,
		clockStep: random.pick([0, 0, 0.05]),
		instances: random.chance(0.2) ? 2 : 1,
	};
}
