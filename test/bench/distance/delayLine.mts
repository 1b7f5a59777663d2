import type { Socket } from 'node:net';

/**
 * Passes the bytes from one socket to another after a delay, as a wire of some length does: the order
 * stays, and the end too. Nothing arrives earlier than that long after `opensAtMs`.
 */
export function delayBytes(from: Socket, to: Socket, delayMs: number, opensAtMs: number): void {
	const waiting: Array<{ readonly dueMs: number; readonly deliver: () => void }> = [];
	let timer: NodeJS.Timeout | undefined;
	const deliverDue = () => {
		timer = undefined;
		while (waiting[0] && waiting[0].dueMs <= performance.now()) waiting.shift()!.deliver();
		const [next] = waiting;
		if (next) timer = setTimeout(deliverDue, Math.max(0, next.dueMs - performance.now()));
	};
	const enqueue = (deliver: () => void) => {
		waiting.push({ dueMs: Math.max(performance.now(), opensAtMs) + delayMs, deliver });
		timer ??= setTimeout(deliverDue, waiting[0]!.dueMs - performance.now());
	};
	from.on('data', (bytes: Buffer) => enqueue(() => void (to.writable && to.write(bytes))));
	from.on('end', () => enqueue(() => to.end()));
	from.on('error', () => to.destroy());
	from.on('close', (hadError) => {
		if (!hadError) return;
		clearTimeout(timer);
		to.destroy();
	});
}
