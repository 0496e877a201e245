import {after, afterEach, beforeEach} from 'node:test';

import {eachTest} from '@stowage/client/testing';
import * as sdk from '@zaiusinc/app-sdk';

/** Gives every test its own app on the emulator. `storage` returns that app's stores. */
export const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});
