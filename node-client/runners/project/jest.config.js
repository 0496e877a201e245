'use strict';

module.exports = {
  globalSetup: '@stowage/client/global-setup',
  setupFilesAfterEnv: ['./stowage.jest.js'],
  testMatch: ['**/*.jest.test.js'],
  // The files need no compilation.
  transform: {},
};
