import { expect } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { runCodeNode } from '../../support/codeNode.mts';

const FILE = 'watchdog.json';

/** Monday, 12:00 in Berlin. */
export const NOW = '2026-06-01T10:00:00.000Z';

const now = DateTime.fromISO(NOW).setZone('Europe/Berlin');

export const TEAM = 'acme.eu-1.celonis.cloud';

/** A status of Get Status. */
export function createStatus(changes: IDataObject = {}): IDataObject {
	return {
		ok: true,
		team: TEAM,
		log: 'auditLog',
		newestEvent: '2026-06-01T09:50:00.000Z',
		eventsLastHour: 3,
		eventsLastDay: 50,
		serverTime: NOW,
		clockDifferenceSeconds: 0,
		error: null,
		hint: null,
		...changes,
	};
}

/** What the nodes before "What has changed" have returned. */
export interface Checks {
	/** What arrives: statuses, and what the node "Executions" returned. */
	readonly input: readonly IDataObject[];
	/** The workflows with the tag. Missing if the node was deleted. */
	readonly workflows?: readonly IDataObject[];
}

/** The workflow between its runs. */
export class Watchdog {
	private readonly staticData: IDataObject = {};

	/** Runs it, and returns the lines of the message, which is sent, or not. */
	async run({ input, workflows }: Checks, { isSent = true } = {}): Promise<string[]> {
		const { staticData } = this;
		const context = { staticData, now };
		const watched = workflows && { 'Watched workflows': workflows };
		const [item] = await runCodeNode(FILE, 'What has changed', {
			...context,
			input,
			nodes: { ...watched },
		});
		if (!item) return [];
		if (isSent) {
			const nodes = { 'What has changed': [item.json] };
			const remembered = await runCodeNode(FILE, 'Remember', { ...context, input: [{}], nodes });
			expect(remembered).toEqual([]);
		}
		expect(JSON.parse(JSON.stringify(item.json))).toEqual(item.json);
		return String(item.json.text).split('\n');
	}
}
