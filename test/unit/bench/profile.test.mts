import { describe, expect, it } from '@jest/globals';
import type { Profiler } from 'node:inspector';
import { getGroup } from '../../bench/profile/groups.mts';
import { summarizeProfile } from '../../bench/profile/summarize.mts';

const OWN = 'file:///x/node_modules/n8n-nodes-celonis/dist/nodes/Celonis';

describe('the group of a function', () => {
	it.each([
		['(garbage collector)', '', 'garbage'],
		['socketOnData', 'node:_http_client', 'transport'],
		['dispatchHttpRequest', 'file:///x/node_modules/axios/dist/node/axios.cjs', 'n8n'],
		['parseJson', `${OWN}/http/parseJson.js`, 'parsing'],
		['appendText', `${OWN}/records/canonicalDigest.js`, 'eventIds'],
		['parseIsoTimestamp', `${OWN}/records/timestamp.js`, 'items'],
		['readPages', `${OWN}/reading/fetchSlice.js`, 'reading'],
		['main', 'file:///x/test/bench/child.mts', 'other'],
		['toString', 'node:buffer', undefined],
		['hash', 'node:internal/crypto/hash', undefined],
		['utf8Slice', '', undefined],
	])('%s of "%s" is %s', (functionName, url, group) => {
		expect(getGroup({ functionName, url })).toBe(group);
	});
});

describe('the summary of a profile', () => {
	it('counts what works for a caller for that caller, and no waiting', () => {
		const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
			id,
			callFrame: { functionName, url, scriptId: '0', lineNumber: 0, columnNumber: 0 },
			children,
		});
		const profile: Profiler.Profile = {
			nodes: [
				node(1, '(root)', '', [2, 3, 6]),
				node(2, '(idle)', ''),
				node(3, 'parseBody', `${OWN}/http/body.js`, [4]),
				node(4, 'toString', 'node:buffer', [5]),
				node(5, 'utf8Slice', ''),
				node(6, 'finishDigest', `${OWN}/records/canonicalDigest.js`, [7]),
				node(7, 'hash', 'node:internal/crypto/hash'),
			],
			samples: [1, 2, 3, 4, 5, 6, 7],
			timeDeltas: [1000, 64_000, 2000, 3000, 4000, 500, 250],
			startTime: 0,
			endTime: 74_750,
		};
		expect(summarizeProfile(profile)).toEqual({ other: 1, parsing: 9, eventIds: 0.75 });
	});
});
