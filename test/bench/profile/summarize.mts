import type { Profiler } from 'node:inspector';
import { getGroup, type Group } from './groups.mts';

/** Milliseconds of the thread's time, by group. Time in which it waits is left out. */
export type GroupTimes = Partial<Record<Group, number>>;

/** Sums the time of each group in a CPU profile. */
export function summarizeProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
	const groups = assignGroups(nodes);
	const times: GroupTimes = {};
	samples.forEach((id, i) => {
		const group = groups.get(id);
		if (group) times[group] = (times[group] ?? 0) + (timeDeltas[i] ?? 0) / 1000;
	});
	return times;
}

/** The group of each node: its own, or that of the nearest caller that has one. */
function assignGroups(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, Group> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const groups = new Map<number, Group>();
	const open: Array<{ readonly id: number; readonly caller: Group }> = [];
	if (nodes[0]) open.push({ id: nodes[0].id, caller: 'other' });
	for (let next; (next = open.pop()); ) {
		const node = byId.get(next.id);
		if (!node || node.callFrame.functionName === '(idle)') continue;
		const group = getGroup(node.callFrame) ?? next.caller;
		groups.set(node.id, group);
		for (const id of node.children ?? []) open.push({ id, caller: group });
	}
	return groups;
}
