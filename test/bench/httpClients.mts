import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import axios from 'axios';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { HttpClient } from './candidates.mts';
import type { Installation, LogAddress } from './job.mts';

/** Fetches the text of a response. */
export type GetText = (pathAndQuery: string) => Promise<string>;

/** A minimal client: no retries, no limits, no checks but the status. */
export function createHttpClient(
	client: HttpClient,
	log: LogAddress,
	installation: Installation,
): GetText {
	switch (client) {
		case 'fetch':
			return createFetchClient(log);
		case 'axios':
			return createAxiosClient(log);
		case 'n8n':
			return createN8nClient(log, installation);
	}
}

function createFetchClient({ url, appKey }: LogAddress): GetText {
	const headers = { authorization: `AppKey ${appKey}`, accept: 'application/json' };
	return async (pathAndQuery) => {
		const response = await fetch(`${url}${pathAndQuery}`, { headers });
		if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
		return await response.text();
	};
}

function createAxiosClient({ url, appKey }: LogAddress): GetText {
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

interface OutboundHttp {
	requests(): { request(options: IHttpRequestOptions): Promise<string> };
}

/** The implementation of `this.helpers.httpRequest` of a node: axios, and a new connection for each request. */
function createN8nClient({ url, appKey }: LogAddress, { n8n }: Installation): GetText {
	const ofN8n = createRequire(join(n8n, 'node_modules', 'n8n', 'package.json'));
	const ofCore = createRequire(ofN8n.resolve('n8n-core'));
	const { Container } = ofCore('@n8n/di') as { Container: { get(type: unknown): OutboundHttp } };
	const network = ofCore('@n8n/backend-network') as { OutboundHttp: unknown };
	const http = Container.get(network.OutboundHttp).requests();
	const headers = { authorization: `AppKey ${appKey}`, accept: 'application/json' };
	return async (pathAndQuery) =>
		await http.request({ url: `${url}${pathAndQuery}`, headers, encoding: 'text' });
}
