import { Agent } from 'node:http';
import axios from 'axios';
import type { HttpClient } from './contestants.mts';
import type { LogAddress } from './job.mts';

/** Gets the text of an answer, over a connection that stays open. */
export type GetText = (pathAndQuery: string) => Promise<string>;

/** A client with nothing around it: no retries, no limits, no checks but the status. */
export function httpClient(client: HttpClient, log: LogAddress): GetText {
	return client === 'fetch' ? withFetch(log) : withAxios(log);
}

function withFetch({ url, appKey }: LogAddress): GetText {
	const headers = { authorization: `AppKey ${appKey}`, accept: 'application/json' };
	return async (pathAndQuery) => {
		const response = await fetch(`${url}${pathAndQuery}`, { headers });
		if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
		return await response.text();
	};
}

function withAxios({ url, appKey }: LogAddress): GetText {
	const instance = axios.create({
		baseURL: url,
		headers: { authorization: `AppKey ${appKey}`, accept: 'application/json' },
		httpAgent: new Agent({ keepAlive: true }),
		responseType: 'text',
		transformResponse: [],
		proxy: false,
	});
	return async (pathAndQuery) => (await instance.get<string>(pathAndQuery)).data;
}
