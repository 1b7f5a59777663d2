import { startReceiver, type Receiver } from './receiver.mts';

export interface Report {
	subject: string;
	html: string;
}

export interface Reports extends Receiver {
	readonly received: Report[];
}

/** A service that accepts reports as JSON: a subject, and a body in HTML. */
export async function startReports(): Promise<Reports> {
	const received: Report[] = [];
	const receiver = await startReceiver(({ method, headers, body }) => {
		const isJson = headers['content-type']?.startsWith('application/json');
		if (method !== 'POST' || !isJson) return { status: 415, body: 'JSON is wanted' };
		const { subject, html, ...others } = JSON.parse(body) as Partial<Report>;
		if (!subject || !html || Object.keys(others).length > 0) {
			return { status: 422, body: 'A report has subject and html' };
		}
		received.push({ subject, html });
		return { status: 200, body: { ok: true } };
	});
	return { ...receiver, received };
}
