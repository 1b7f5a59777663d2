/**
 * The versions of n8n and Node.js for `npm start` and the end-to-end tests. The variable `N8N_VERSION`
 * selects another n8n, 2.10.0 or later.
 */
export const N8N_VERSION = process.env.N8N_VERSION ?? '2.41.1';

/** n8n 2.36 and later need Node.js 24; earlier versions run on it too. */
export const NODE_VERSION = '24.21.0';
export const NODE_MAJOR = 24;

/** Measured sizes of the installations, printed before a download. */
export const N8N_DISK_BYTES = 2_900_000_000;
export const NODE_DISK_BYTES = 200_000_000;
