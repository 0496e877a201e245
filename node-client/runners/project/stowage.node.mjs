import {after, afterEach, beforeEach} from 'node:test';

import {eachTest} from '@stowage/client/testing';
import {remember} from 'library';
import sdk from '@zaiusinc/app-sdk';

export {sdk};
export const {storage} = sdk;
export const rememberInLibrary = remember;
export const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});
export const stored = async (key) => (await stowage.records()).kvStore[key];
