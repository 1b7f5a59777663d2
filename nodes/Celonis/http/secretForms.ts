/**
 * All forms in which a server may send a secret back: as it is, encoded for URLs, forms, JSON or HTML,
 * and in Base64, also inside a longer text such as `ID:SECRET`. The longest come first.
 */
export function buildSecretForms(secret: string): string[] {
	const plain = [secret, ...encodeForUrl(secret), ...encodeForJson(secret), encodeForHtml(secret)];
	const base64 = encodeInBase64(secret);
	const forms = [...plain, ...base64, ...base64.flatMap(encodeForUrl)];
	return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Percent-encoding, with and without the characters that need none, and that of forms. */
function encodeForUrl(text: string): string[] {
	// An unpaired surrogate cannot be encoded: it is replaced as in UTF-8.
	const minimal = encodeURIComponent(Buffer.from(text).toString());
	const strict = minimal.replace(
		/[!'()*~]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	const form = new URLSearchParams({ x: text }).toString().slice(2);
	return [minimal, strict, form].flatMap((encoded) => [encoded, toLowerHex(encoded)]);
}

const toLowerHex = (encoded: string) =>
	encoded.replace(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase());

function encodeForJson(text: string): string[] {
	const json = JSON.stringify(text).slice(1, -1);
	return [json, json.replace(/\//g, '\\/')];
}

function encodeForHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

/** Base64 encodes three bytes in four characters. Inside a text, a secret has one of three offsets. */
function encodeInBase64(secret: string): string[] {
	return [0, 1, 2].flatMap((offset) => {
		const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
		// Characters that also depend on what comes before or after the secret are left out.
		const start = Math.ceil((offset * 8) / 6);
		const end = Math.floor((bytes.length * 8) / 6);
		const inner = bytes.toString('base64').slice(start, end);
		return [inner, inner.replace(/\+/g, '-').replace(/\//g, '_')];
	});
}
