import react from '@vitejs/plugin-react';

/** Static files that the gateway serves; nothing inline, since its content security policy runs no inline script. */
export default {
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@squados/source', 'module', 'browser', 'production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
};
