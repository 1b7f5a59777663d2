import { randomUUID } from 'crypto';

/** A form with one file in it, as browsers send it. */
export interface FileForm {
	readonly contentType: string;
	readonly body: Buffer;
}

/** Makes a multipart form of a text. Its boundary is random, so that no text can hold it. */
export function buildFileForm(
	field: string,
	fileName: string,
	type: string,
	text: string,
): FileForm {
	const boundary = `n8n-${randomUUID()}`;
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`;
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.from(`${head}${text}\r\n--${boundary}--\r\n`),
	};
}
