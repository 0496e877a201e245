'use strict';

const {eachTest} = require('@stowage/client/testing');
const sdk = require('@zaiusinc/app-sdk');

module.exports = eachTest({sdk});
