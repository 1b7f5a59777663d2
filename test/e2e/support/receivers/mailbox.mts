import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
	readonly from: string;
	readonly to: readonly string[];
	readonly subject: string;
	/** The bodies by type, such as `text/html`. */
	readonly bodies: Readonly<Record<string, string>>;
}

export interface Mailbox {
	readonly port: number;
	readonly mails: readonly Mail[];
	close(): Promise<void>;
}

/** A mail server that accepts mails by SMTP, without TLS and without authentication (RFC 5321). */
export async function startMailbox(): Promise<Mailbox> {
	const mails: Mail[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
		void converse(socket, (mail) => mails.push(mail));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

async function converse(socket: Socket, receive: (mail: Mail) => void): Promise<void> {
	const reply = (line: string) => socket.write(`${line}\r\n`);
	const lines = createInterface({ input: socket, crlfDelay: Infinity });
	let envelope = { from: '', to: [] as string[] };
	let data: string[] | undefined;
	reply('220 mailbox.example.com ESMTP');
	for await (const line of lines) {
		if (data) {
			if (line !== '.') data.push(line.startsWith('.') ? line.slice(1) : line);
			else {
				receive({ ...envelope, ...parseMessage(data.join('\r\n')) });
				data = undefined;
				reply('250 OK');
			}
			continue;
		}
		const [, address = ''] = /<(.*)>/.exec(line) ?? [];
		if (/^EHLO /i.test(line)) reply('250 mailbox.example.com');
		else if (/^MAIL FROM:/i.test(line)) {
			envelope = { from: address, to: [] };
			reply('250 OK');
		} else if (/^RCPT TO:/i.test(line)) {
			envelope.to.push(address);
			reply('250 OK');
		} else if (/^DATA$/i.test(line)) {
			data = [];
			reply('354 End data with a dot on a line');
		} else if (/^QUIT$/i.test(line)) {
			reply('221 Bye');
			socket.end();
		} else reply('502 Command not implemented');
	}
}

/** Subject and bodies of a message (RFC 5322, RFC 2045). */
function parseMessage(text: string): Pick<Mail, 'subject' | 'bodies'> {
	const { headers, body } = splitHeaders(text);
	return { subject: decodeWords(headers.get('subject') ?? ''), bodies: parseBodies(headers, body) };
}

type Headers = ReadonlyMap<string, string>;

function splitHeaders(text: string): { headers: Headers; body: string } {
	const end = text.indexOf('\r\n\r\n');
	const unfolded = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
	const pairs = unfolded.split('\r\n').map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { headers: new Map(pairs), body: text.slice(end + 4) };
}

function parseBodies(headers: Headers, body: string): Record<string, string> {
	const contentType = headers.get('content-type') ?? 'text/plain';
	const [type = ''] = contentType.split(';');
	const [, boundary] = /boundary="?([^";]+)"?/.exec(contentType) ?? [];
	if (boundary === undefined) return { [type]: decodeBody(headers, body) };
	const parts = body.split(`--${boundary}`).slice(1, -1);
	return Object.assign(
		{},
		...parts.map((part) => {
			const inner = splitHeaders(part.replace(/^\r\n/, ''));
			return parseBodies(inner.headers, inner.body.replace(/\r\n$/, ''));
		}),
	) as Record<string, string>;
}

function decodeBody(headers: Headers, body: string): string {
	switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
		case 'base64':
			return Buffer.from(body, 'base64').toString('utf8');
		case 'quoted-printable':
			return decodeQuoted(body.replace(/=\r\n/g, ''));
		default:
			return body;
	}
}

function decodeQuoted(text: string): string {
	const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encoded words in a header (RFC 2047). */
function decodeWords(text: string): string {
	return text.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=\s*/gi, (_, encoding: string, word: string) =>
		encoding.toUpperCase() === 'B'
			? Buffer.from(word, 'base64').toString('utf8')
			: decodeQuoted(word.replaceAll('_', ' ')),
	);
}
