'use strict';

const {storage} = require('@zaiusinc/app-sdk');

exports.remember = (value) => storage.kvStore.put('app', {value});
