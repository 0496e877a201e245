import {afterAll, afterEach, beforeEach} from 'vitest';
import * as sdk from '@zaiusinc/app-sdk';
import {eachTest} from '@stowage/client/testing';

export const stowage = eachTest({beforeEach, afterEach, afterAll, sdk});
