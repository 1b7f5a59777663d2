import Module from 'node:module';
import { relative, sep } from 'node:path';

/** What is loaded, by what it is for: the first pattern that matches a file's path counts. */
const GROUPS: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
	['catalogue, phrases, mapping, severity', /(catalogue|phrases|mapping|severity|presets)/i],
	['ECS and OCSF', /(ecs|ocsf)/i],
];

/** CPU time by group. */
export type ModuleCosts = Readonly<Record<string, number>>;

type Load = (module: NodeJS.Module, path: string) => void;

/**
 * Measures the CPU time that each module in a folder takes by itself, those that it requires left out,
 * grouped by what it is for; other modules by their folder.
 */
export function watchModules(folder: string): () => ModuleCosts {
	const extensions = (Module as unknown as { _extensions: Record<string, Load> })._extensions;
	const load = extensions['.js']!;
	const costs: Record<string, number> = {};
	/** Of each module that is being loaded, what the modules in it have taken. */
	const nested: number[] = [];
	extensions['.js'] = (module, path) => {
		const before = process.cpuUsage();
		nested.push(0);
		load(module, path);
		const { user, system } = process.cpuUsage(before);
		const ms = (user + system) / 1000;
		const own = ms - nested.pop()!;
		if (nested.length > 0) nested[nested.length - 1]! += ms;
		if (path.startsWith(folder)) {
			const group = findGroup(relative(folder, path));
			costs[group] = (costs[group] ?? 0) + own;
		}
	};
	return () => {
		extensions['.js'] = load;
		return costs;
	};
}

function findGroup(path: string): string {
	const group = GROUPS.find(([, pattern]) => pattern.test(path));
	const [room = path, ...rest] = path.split(sep);
	return group?.[0] ?? (rest.length > 0 ? room : 'nodes');
}
