/** n8n-core as a quiet guest: no log lines, and nothing kept in the home of who runs the tests. */
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_USER_FOLDER = join(tmpdir(), 'n8n-nodes-celonis-tests');
process.env.N8N_ENCRYPTION_KEY = 'for-tests-only';
