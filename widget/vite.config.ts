import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** What every browser of 2023 understands: foreign pages bring older ones than a desk does. */
const target = ['chrome112', 'firefox115', 'safari16.4'];

/**
 * Names inside the loader that nobody outside says: neither browser, nor server, nor frame (`random`
 * was once among them, and so `Math.random` was gone). Short ones save a tenth of it.
 */
const inner = new RegExp(
  `^(${`
    attempts backoff heartbeatMs isAnswered liveSince isWatching firstMs limitMs
    watchSurroundings hangUp dismissed doubt dial attach goOn probe beat plan onFrames
    onState webSocket baseUrl options lost giveBack isWanted given current socket timer
    reset newest take hear load place begin write change ask release hurry hello waiting
    stop start moveLater isShared isShown paint conceal onNew isHeard isUndelivered delivered seqs badge near panel isReady tell read
    count all click next end state until reason
  `
    .trim()
    .split(/\s+/)
    .join('|')})$`,
);

/**
 * Two builds: the loader, one plain script under a name that pages can hold for years, and the frame
 * with hashed assets. Both know their addresses only relative to themselves.
 */
export default defineConfig({
  base: './',
  plugins: [preact({ prefreshEnabled: true, devToolsEnabled: false })],
  build: { emptyOutDir: false },
  environments: {
    client: {
      build: {
        target,
        modulePreload: false,
        assetsInlineLimit: 0,
        rolldownOptions: { input: ['frame.html', 'chat.html', 'preview.html'] },
      },
    },
    loader: {
      consumer: 'client',
      // What the sdk asks for the sake of Node is no question on a page.
      define: { 'typeof window': '"object"', 'typeof document': '"object"' },
      build: {
        target,
        rolldownOptions: {
          input: 'src/loader.ts',
          output: {
            format: 'iife',
            entryFileNames: 'loader.js',
            minify: {
              compress: true,
              mangle: true,
              codegen: true,
              mangleProps: { include: inner },
            },
          },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const { rm } = await import('node:fs/promises');
      await rm(new URL('dist', import.meta.url), { recursive: true, force: true });
      for (const environment of Object.values(builder.environments))
        await builder.build(environment);
    },
  },
});
