import { dirname } from 'node:path';
import { formatPath } from './paths.mts';

/** An error that the user can fix. The message says what and how, without a stack trace. */
export class SetupError extends Error {
	override name = 'SetupError';
}

/** The last `count` non-empty lines of `text`. */
export function getLastLines(text: string, count: number): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-count).join('\n');
}

/** The `SetupError` for an error of the operating system, such as a full disk; other errors as they are. */
export function toSetupError(error: unknown): unknown {
	if (!isSystemError(error)) return error;
	const { code, syscall, path } = error;
	if (syscall.startsWith('spawn')) {
		return new SetupError(`The program ${path ?? ''} cannot be started: ${code}.`);
	}
	const reason = REASONS[code];
	if (reason === undefined) return error;
	return new SetupError(path === undefined ? `${capitalize(reason)}.` : describe(path, reason));
}

/** What is wrong with a path, by the code of the operating system. */
const REASONS: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EROFS: 'the file system is read-only',
	EACCES: 'this user may not read or write it',
	EPERM: 'this user may not read or write it',
	ENOTDIR: 'a part of the path is a file, not a folder',
	EEXIST: 'it is a file, not a folder',
	EISDIR: 'it is a folder, not a file',
	ENAMETOOLONG: 'its name is too long',
	ENOENT: 'a folder of its path does not exist',
	ELOOP: 'it is a symbolic link to itself',
	EMFILE: 'too many files are open',
	ENFILE: 'too many files are open',
};

function describe(path: string, reason: string): string {
	return `${formatPath(path) || dirname(path)} cannot be used: ${reason}.`;
}

function capitalize(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

interface SystemError extends Error {
	code: string;
	syscall: string;
	path?: string;
}

function isSystemError(error: unknown): error is SystemError {
	const { code, syscall } = (error ?? {}) as Partial<SystemError>;
	return error instanceof Error && typeof code === 'string' && typeof syscall === 'string';
}
