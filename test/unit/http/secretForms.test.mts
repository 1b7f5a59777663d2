import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../nodes/Celonis/http/errorMessage';
import { buildSecretForms } from '../../../nodes/Celonis/http/secretForms';

const secrets = fc.string({ minLength: 8, maxLength: 60, unit: 'binary' });

/** How a server may send a text back. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
	plain: (text) => text,
	url: encodeURIComponent,
	'url in lower case': (text) => encodeURIComponent(text).replace(/%../g, (x) => x.toLowerCase()),
	form: (text) => new URLSearchParams({ client_secret: text, scope: 'a b' }).toString(),
	json: (text) => JSON.stringify({ detail: text }),
	base64: (text) => Buffer.from(text).toString('base64'),
	base64url: (text) => Buffer.from(text).toString('base64url'),
	basic: (text) => `Basic ${Buffer.from(`my-client:${text}`).toString('base64')}`,
	'basic in a form': (text) =>
		new URLSearchParams({ x: Buffer.from(`client:${text}`).toString('base64') }).toString(),
	'inside a longer text in Base64': (text) =>
		Buffer.from(`client_id=ab&client_secret=${text}&scope=x`).toString('base64'),
};

describe.each(Object.entries(ENCODINGS))('a secret that is sent back as %s', (_, encode) => {
	it('is redacted', () => {
		fc.assert(
			fc.property(secrets, (secret) => {
				const echoed = `refused: ${encode(secret)}.`;
				const redacted = redact(echoed, buildSecretForms(secret));
				expect(redacted).toContain('***');
				expect(redacted).not.toContain(encode(secret));
			}),
		);
	});
});
