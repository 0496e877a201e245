'use strict';

/* A library with its own dependency on the SDK, and so with its own copy of it. */
const {storage} = require('@zaiusinc/app-sdk');

exports.remember = (value) => storage.kvStore.put('library', {value});
