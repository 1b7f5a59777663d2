export interface Login {
	email: string;
	password: string;
}

/** An error response of n8n's REST API. */
export class RestError extends Error {
	override name = 'RestError';

	constructor(
		readonly status: number,
		readonly body: string,
		request: string,
	) {
		super(`n8n answered ${status} to ${request}: ${body.slice(0, 500)}`);
	}
}

/** n8n's REST API as its editor uses it: a session cookie, JSON, every response wrapped in `data`. */
export class RestClient {
	private cookie = '';

	constructor(readonly url: string) {}

	async login({ email, password }: Login): Promise<void> {
		await this.post('/rest/login', { emailOrLdapLoginId: email, password });
	}

	async get<T>(path: string): Promise<T> {
		return await this.data<T>('GET', path);
	}

	/** Rejects if there is no response within `timeoutMs`. */
	async post<T>(path: string, body: unknown, timeoutMs?: number): Promise<T> {
		return await this.data<T>('POST', path, body, timeoutMs);
	}

	async patch<T>(path: string, body: unknown): Promise<T> {
		return await this.data<T>('PATCH', path, body);
	}

	async delete(path: string): Promise<void> {
		await this.send('DELETE', path);
	}

	/** The text of a response, for files that n8n serves. */
	async send(method: string, path: string, body?: unknown, timeoutMs?: number): Promise<string> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'browser-id': 'n8n-nodes-celonis',
				// n8n closes idle connections after five seconds: none is kept open.
				connection: 'close',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs),
		});
		for (const line of response.headers.getSetCookie()) {
			if (line.startsWith('n8n-auth=')) this.cookie = line.split(';')[0] ?? '';
		}
		const text = await response.text();
		if (!response.ok) throw new RestError(response.status, text, `${method} ${path}`);
		return text;
	}

	private async data<T>(
		method: string,
		path: string,
		body?: unknown,
		timeoutMs?: number,
	): Promise<T> {
		return (JSON.parse(await this.send(method, path, body, timeoutMs)) as { data: T }).data;
	}
}
