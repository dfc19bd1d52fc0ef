import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = `http://127.0.0.1:${process.env.PORT ?? 4000}`;
const served = ['/api', '/widget', '/demo', '/healthz'];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    // Browsers that know light-dark() and :has(): the two newest years of each.
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // The policy of the page names files; nothing may be written into it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What a browser fetches first is measured by `npm run check`.
    chunkSizeWarningLimit: 2_000,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      served.map((path) => [path, { target: server, ws: path === '/api', changeOrigin: false }]),
    ),
  },
});
