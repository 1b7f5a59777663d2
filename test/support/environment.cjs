/** n8n-core without log output, and with its files outside the user's home folder. */
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_USER_FOLDER = join(tmpdir(), 'n8n-nodes-celonis-tests');
process.env.N8N_ENCRYPTION_KEY = 'for-tests-only';
