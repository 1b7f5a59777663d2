import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { generate } from 'selfsigned';
import { run } from '../../../scripts/n8n/command.mts';

/** The registry of n8n's community packages; another one needs a licence. */
const HOST = 'registry.npmjs.org';

interface Published {
	name: string;
	version: string;
	dist: { tarball: string; integrity: string };
}

export interface NpmRegistry {
	/** To be replaced in the outside world: see `startOutsideWorld`. */
	readonly replaced: Record<string, number>;
	/** Settings with which n8n and its npm trust and use this registry only. */
	readonly settings: Record<string, string>;
	/** Adds a version, which becomes the latest. Returns its checksum. */
	publish(tarball: string): Promise<string>;
	close(): Promise<void>;
}

/** An npm registry that replaces the public one. */
export async function startNpmRegistry(workFolder: string): Promise<NpmRegistry> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
	});
	const certificate = join(workFolder, 'registry.pem');
	await writeFile(certificate, cert);

	const versions = new Map<string, Published>();
	const tarballs = new Map<string, Buffer>();
	const server = createServer({ key, cert }, ({ url = '' }, response) => {
		const path = decodeURIComponent(new URL(url, `https://${HOST}`).pathname);
		const tarball = tarballs.get(path);
		const metadata = tarball ? undefined : describe([...versions.values()], path);
		response.writeHead(tarball || metadata ? 200 : 404, {
			'content-type': tarball ? 'application/octet-stream' : 'application/json',
		});
		response.end(tarball ?? JSON.stringify(metadata ?? { error: 'Not found' }));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	return {
		replaced: { [`${HOST}:443`]: (server.address() as AddressInfo).port },
		settings: {
			NODE_EXTRA_CA_CERTS: certificate,
			npm_config_cafile: certificate,
			npm_config_registry: `https://${HOST}/`,
			npm_config_cache: join(workFolder, 'npm-cache'),
		},
		publish: async (tarball) => {
			const manifest = await readManifest(tarball);
			const content = await readFile(tarball);
			const path = `/${manifest.name}/-/${basename(tarball)}`;
			const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
			tarballs.set(path, content);
			const dist = { tarball: `https://${HOST}${path}`, integrity };
			versions.set(manifest.version, { ...manifest, dist });
			return integrity;
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** The response of a registry at `/name`, and at `/name/version` or `/name/latest`. */
function describe(versions: Published[], path: string): object | undefined {
	const latest = versions.at(-1);
	const [, name, version] = path.split('/');
	if (!latest || name !== latest.name) return undefined;
	if (version !== undefined) {
		const requested = version === 'latest' ? latest.version : version;
		return versions.find((each) => each.version === requested);
	}
	return {
		name,
		'dist-tags': { latest: latest.version },
		versions: Object.fromEntries(versions.map((each) => [each.version, each])),
	};
}

async function readManifest(tarball: string): Promise<Omit<Published, 'dist'>> {
	const { stdout } = await run(['tar', '-xzOf', tarball, 'package/package.json'], {
		cwd: '.',
	});
	return JSON.parse(stdout) as Omit<Published, 'dist'>;
}
