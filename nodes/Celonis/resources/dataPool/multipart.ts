import { randomUUID } from 'crypto';

/** A multipart form with one file. */
export interface FileForm {
	readonly contentType: string;
	readonly body: Buffer;
}

/** Builds a multipart form from text. Its boundary is random, so that the text cannot contain it. */
export function buildFileForm(
	fieldName: string,
	fileName: string,
	mimeType: string,
	text: string,
): FileForm {
	const boundary = `n8n-${randomUUID()}`;
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="${fieldName}"; filename="${fileName}"\r\nContent-Type: ${mimeType}\r\n\r\n`;
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.from(`${head}${text}\r\n--${boundary}--\r\n`),
	};
}
