/**
 * Runs inside n8n, as an external hook file: n8n ends in good order when the process that started it is
 * gone, however that came about. Nobody is left behind to hold the port.
 */
if (process.channel) {
	process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
	process.channel.unref();
}

module.exports = {};
