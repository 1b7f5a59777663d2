import { delimiter, dirname } from 'node:path';
import { run, type CommandResult } from './command.mts';
import { SetupError, getLastLines } from './setupError.mts';

export interface NpmOptions {
	cwd: string;
	/** The Node.js that runs npm; decides which native modules are built. Default: this one. */
	node?: string;
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

/** Runs npm with default settings: those of `npm run` and of this package's `.npmrc` are removed. */
export async function runNpm(
	args: string[],
	{ cwd, node = process.execPath, env, signal }: NpmOptions,
): Promise<CommandResult> {
	return await run([...findNpm(node), ...args], {
		cwd,
		signal,
		env: { ...removeNpmVariables(process.env), ...env, PATH: prependToPath(node) },
	});
}

/** As `runNpm`, but a failure is a `SetupError` that says what to do. */
export async function runNpmOrFail(
	what: string,
	args: string[],
	options: NpmOptions,
): Promise<string> {
	const result = await runNpm(args, options);
	if (result.code !== 0) throw new SetupError(explain(what, result.output));
	return result.stdout;
}

function findNpm(node: string): string[] {
	const cli = process.env.npm_execpath;
	return cli !== undefined && /npm-cli\.[cm]?js$/.test(cli) ? [node, cli] : ['npm'];
}

/** `npm run` passes its settings on as variables, `ignore-scripts` among them. */
function removeNpmVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const inherited =
		/^npm_(package_|lifecycle_|config_ignore_scripts$|config_local_prefix$|command$)/i;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name)));
}

function prependToPath(node: string): string {
	return [dirname(node), process.env.PATH ?? ''].join(delimiter);
}

const EXPLANATIONS: Array<[RegExp, string]> = [
	[/ENOSPC|no space left/i, 'the disk is full. Free some space and run it again'],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/,
		'npm cannot reach its registry. Check the network connection or the proxy and run it again',
	],
	[/E40[13]\b/, "npm's registry refuses access. Check the registry that npm is set up with"],
	[
		/gyp ERR!/,
		'a native module could not be built. Python 3, make and a C++ compiler are needed for that',
	],
	[/EACCES|EPERM/, 'a file may not be written. Check who owns the folder .cache'],
];

function explain(what: string, output: string): string {
	const known = EXPLANATIONS.find(([pattern]) => pattern.test(output));
	return `${what} failed: ${known?.[1] ?? `npm says: ${getLastLines(output, 3).replace(/\n/g, ' | ')}`}.`;
}
