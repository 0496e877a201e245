export {setup, teardown} from './global-setup.js';
