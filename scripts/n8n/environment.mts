import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface N8nSettings {
	userFolder: string;
	port: number;
	/** The port for n8n's task runners. */
	brokerPort: number;
	/** The Node.js that comes first in the PATH of n8n's child processes. */
	node: string;
	/** Path of n8n's own program. */
	program: string;
	/** Further settings, by n8n's names. */
	extra?: Record<string, string>;
}

/**
 * The environment of an n8n that listens on this machine only, keeps everything in its user folder and
 * makes no calls of its own. Variables of another n8n, or of a Celonis team, are removed.
 */
export function createN8nEnvironment(settings: N8nSettings): NodeJS.ProcessEnv {
	const { userFolder, port, brokerPort, node, program, extra } = settings;
	return {
		...getOwnEnvironment(),
		PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter),
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: 'localhost',
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		EXTERNAL_HOOK_FILES: insideN8n,
		EXTERNAL_HOOK_FILES_SEPARATOR: ';',
		...QUIET_SETTINGS,
		N8N_DISABLED_MODULES: findUnusedModules(program).join(','),
		...extra,
	};
}

/** The modules of this n8n that are not needed: it exits at an unknown name. */
function findUnusedModules(program: string): string[] {
	if (!existsSync(program)) return [];
	const modules = join(dirname(realpathSync(program)), '..', 'dist', 'modules');
	return ['mcp-registry', 'instance-ai', 'agents'].filter((name) =>
		existsSync(join(modules, name)),
	);
}

const insideN8n = fileURLToPath(new URL('inside/hooks.cjs', import.meta.url));

/** No telemetry, banners, survey or warnings about unused features. */
const QUIET_SETTINGS: Record<string, string> = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
	N8N_AI_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_RUNNERS_TASK_TIMEOUT: '300',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '5000',
};

function getOwnEnvironment(): NodeJS.ProcessEnv {
	const configuresSomethingElse =
		/^(N8N_|DB_|CELONIS_|CREDENTIALS_|EXECUTIONS_|EXTERNAL_|QUEUE_|WEBHOOK_|NODE_ENV$|JEST_|npm_)/i;
	const isNpmSetting = /^npm_config_/i;
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !configuresSomethingElse.test(name) || isNpmSetting.test(name),
		),
	);
}
