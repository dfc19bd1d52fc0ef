// `npm start`: `deskbell start`. Arguments go to it.
process.argv.splice(2, 0, 'start');
await import('../server/bin/deskbell.mjs');
