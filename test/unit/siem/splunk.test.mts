import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { createAuditDocuments, createLoginDocuments } from './documents.mts';

type Stanza = Readonly<Record<string, string>>;

/** The settings of a file by stanza. */
function readConf(name: string): Readonly<Record<string, Stanza>> {
	const text = readFileSync(join(packageRoot, 'siem', 'splunk', name), 'utf8');
	const stanzas: Record<string, Record<string, string>> = {};
	let current: Record<string, string> = {};
	for (const line of text.split('\n')) {
		const [, stanza] = /^\[(.+)\]$/.exec(line) ?? [];
		if (stanza !== undefined) current = stanzas[stanza] = {};
		const [, key, value] = /^(\S+) = (.*)$/.exec(line) ?? [];
		if (key !== undefined) current[key] = value ?? '';
	}
	return stanzas;
}

const example = readFileSync(join(packageRoot, 'examples', 'forward-to-splunk.json'), 'utf8');
const [[sourcetype, props]] = Object.entries(readConf('props.conf')) as [[string, Stanza]];
const [[transform, host]] = Object.entries(readConf('transforms.conf')) as [[string, Stanza]];

describe('the settings for Splunk', () => {
	it('are for the sourcetype of the example, and refer to each other', () => {
		expect(sourcetype).toBe('ocsf:celonis:audit');
		expect(example).toContain(`sourcetype: '${sourcetype}'`);
		expect(props['TRANSFORMS-celonis_host']).toBe(transform);
		expect(props.KV_MODE).toBe('json');
		expect(Object.keys(readConf('fields.conf'))).toEqual(['event_id']);
		expect(example).toContain('fields: { event_id:');
	});

	it('find the time of every event, and keep it whole', () => {
		const prefix = new RegExp(props.TIME_PREFIX!);
		const lookahead = Number(props.MAX_TIMESTAMP_LOOKAHEAD);
		for (const create of [createAuditDocuments, createLoginDocuments]) {
			for (const [name, document] of create('ocsf')) {
				const text = JSON.stringify(document);
				const found = prefix.exec(text)!;
				const digits = text.slice(found.index + found[0].length).slice(0, lookahead);
				expect([name, Number.parseInt(digits, 10)]).toEqual([name, document.time]);
				expect(Buffer.byteLength(text)).toBeLessThan(Number(props.TRUNCATE));
			}
		}
	});

	it('find the team as the host', () => {
		const pattern = new RegExp(host.REGEX!);
		const metadata = { uid: 'e-1', tenant_uid: 'acme.eu-1.celonis.cloud' };
		const [, found] = pattern.exec(JSON.stringify({ time: 1, metadata })) ?? [];
		expect(found).toBe('acme.eu-1.celonis.cloud');
		expect(host).toMatchObject({ FORMAT: 'host::$1', DEST_KEY: 'MetaData:Host' });
	});
});
