import react from '@vitejs/plugin-react';

export default {
  plugins: [react()],
  define: { 'process.env.IS_PREACT': JSON.stringify('false') },
  build: { reportCompressedSize: false, chunkSizeWarningLimit: 10_000 },
};
