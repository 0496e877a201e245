import {after, afterEach, beforeEach} from 'node:test';

import {eachTest} from '@stowage/client/testing';
import * as sdk from '@zaiusinc/app-sdk';

/** Every test has an app of its own on the emulator, and `storage` is that app's stores. */
export const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});
