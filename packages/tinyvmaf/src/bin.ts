#!/usr/bin/env node
/** The process around the command: arguments, Ctrl-C, exit status. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { runCommand } from './cli/program.js';
import { processTerminal } from './cli/terminal/terminal.js';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first asks to stop, which leaves nothing half-written; the second insists.
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
}

const status = await runCommand(
  process.argv.slice(2),
  processTerminal(),
  controller.signal,
  version,
);
// Not `exitCode`: a pending open of a named pipe would keep the process alive.
process.exit(status);
