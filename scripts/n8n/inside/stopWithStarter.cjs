/**
 * Runs inside n8n, as an external hook file: n8n exits gracefully when its parent process is gone, so
 * that no process keeps the port.
 */
if (process.channel) {
	process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
	process.channel.unref();
}

module.exports = {};
