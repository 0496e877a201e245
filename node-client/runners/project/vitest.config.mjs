export default {
  test: {
    globalSetup: '@stowage/client/global-setup',
    setupFiles: ['./stowage.vitest.mjs'],
    include: ['*.vitest.test.mjs'],
  },
};
