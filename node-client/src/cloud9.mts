export * from './cloud9.js';
